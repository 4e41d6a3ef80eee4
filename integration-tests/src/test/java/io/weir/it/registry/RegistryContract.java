package io.weir.it.registry;

import static io.weir.it.registry.Capability.BACKWARD_BY_DEFAULT;
import static io.weir.it.registry.Capability.CHECKS_LEVELS;
import static io.weir.it.registry.Capability.CHECKS_VERSIONS;
import static io.weir.it.registry.Capability.NONE_OF_A_SUBJECT;
import static io.weir.it.registry.Capability.OWN_MEDIA_TYPE;
import static io.weir.it.registry.Capability.REASONS_OF_CHECKS;
import static io.weir.it.registry.Capability.REFUSES_EMPTY_TEXT;
import static io.weir.it.registry.Capability.TELLS_UNSET_LEVELS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.it.registry.RestClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients expect of a registry that speaks Confluent's REST API. One subclass for each registry; where one is known to
 * differ from Confluent's it lacks a {@link Capability}, and what it does instead is expected.
 */
abstract class RegistryContract {
    private static final AtomicInteger SUBJECTS = new AtomicInteger();

    private static final String NONE = "{\"compatibility\":\"NONE\"}";
    static final String A = record("{'name':'a','type':'int'}");
    static final String A_AND_OPTIONAL_B = record("{'name':'a','type':'int'},{'name':'b','type':'int','default':0}");
    static final String A_AND_REQUIRED_B = record("{'name':'a','type':'int'},{'name':'b','type':'int'}");
    static final String OPTIONAL_A = record("{'name':'a','type':'int','default':0}");
    static final String EMPTY = record("");
    static final String A_AS_TEXT = record("{'name':'a','type':'string'}");
    static final String A_AS_OPTIONAL_TEXT = record("{'name':'a','type':'string','default':''}");
    static final String A_AS_LONG = record("{'name':'a','type':'long'}");

    /** The address of the API, with its path if it has one. */
    abstract String url();

    /** What it does as Confluent's. */
    abstract Set<Capability> capabilities();

    final boolean can(Capability capability) {
        return capabilities().contains(capability);
    }

    final RestClient rest() {
        return new RestClient(url());
    }

    static String record(String fields) {
        return ("{'type':'record','name':'R','namespace':'t','fields':[" + fields + "]}").replace('\'', '"');
    }

    /** A subject that no other test uses. */
    static String subject() {
        return "contract-" + ProcessHandle.current().pid() + "-" + SUBJECTS.incrementAndGet();
    }

    final int register(String subject, String schema) {
        Answer answer = rest().postSchema("/subjects/" + RestClient.encode(subject) + "/versions", schema);
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
        return answer.json().path("id").asInt();
    }

    final void level(String subject, String level) {
        assertThat(rest().put("/config/" + subject, "{\"compatibility\":\"" + level + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSchemaGetsAnIdOnceAndAVersion() {
        String subject = subject();
        int id = register(subject, A);

        assertThat(id).isPositive();
        assertThat(register(subject, A)).isEqualTo(id);
        Answer versions = rest().get("/subjects/" + subject + "/versions");
        assertThat(versions.json()).hasToString("[1]");
        assertThat(versions.contentType())
                .startsWith(can(OWN_MEDIA_TYPE) ? "application/vnd.schemaregistry.v1+json" : "application/json");
        assertThat(rest().get("/subjects").json()).anyMatch(s -> s.asText().equals(subject));
    }

    @Test
    void theSameSchemaHasTheSameIdUnderEverySubject() {
        String one = subject();
        String other = subject();
        int id = register(one, A);
        assertThat(register(other, A)).isEqualTo(id);
        assertThat(register(other, A_AND_OPTIONAL_B)).isNotEqualTo(id);

        assertThat(rest().get("/schemas/ids/" + id + "/versions").json())
                .contains(versionOf(one, 1), versionOf(other, 1));
    }

    private static JsonNode versionOf(String subject, int version) {
        return new ObjectMapper().createObjectNode().put("subject", subject).put("version", version);
    }

    @Test
    void whiteSpaceDoesNotMakeAnotherSchema() {
        String subject = subject();
        int id = register(subject, A);
        String spaced = A.replace(",", " ,\n ").replace(":", " : ");

        assertThat(register(subject, spaced)).isEqualTo(id);
    }

    @Test
    void aSchemaIsFoundById() {
        int id = register(subject(), A);

        Answer found = rest().get("/schemas/ids/" + id);
        assertThat(found.status()).isEqualTo(200);
        assertThat(new Schema.Parser().parse(found.json().path("schema").asText()))
                .isEqualTo(new Schema.Parser().parse(A));
        Answer missing = rest().get("/schemas/ids/99999999");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.errorCode()).isEqualTo(40403);
        assertThat(missing.json().path("message").asText()).isNotEmpty();
    }

    @Test
    void aSchemaIsLookedUpUnderItsSubject() {
        String subject = subject();
        Answer noSubject = rest().postSchema("/subjects/" + subject, A);
        assertThat(noSubject.status()).isEqualTo(404);
        assertThat(noSubject.errorCode()).isEqualTo(40401);
        int id = register(subject, A);

        JsonNode found = rest().postSchema("/subjects/" + subject, A).json();
        assertThat(found.path("subject").asText()).isEqualTo(subject);
        assertThat(found.path("version").asInt()).isEqualTo(1);
        assertThat(found.path("id").asInt()).isEqualTo(id);
        assertThat(found.path("schema").asText()).contains("\"a\"");
        Answer other = rest().postSchema("/subjects/" + subject, A_AS_LONG);
        assertThat(other.status()).isEqualTo(404);
        assertThat(other.errorCode()).isEqualTo(40403);
    }

    @Test
    void versionsAreFoundByNumberAndAsTheLatest() {
        String subject = subject();
        register(subject, A);
        int second = register(subject, A_AND_OPTIONAL_B);
        String path = "/subjects/" + subject + "/versions/";

        assertThat(rest().get(path + "latest").json().path("id").asInt()).isEqualTo(second);
        assertThat(rest().get(path + "2").json().path("version").asInt()).isEqualTo(2);
        assertThat(rest().get(path + "1").json().path("version").asInt()).isEqualTo(1);
        assertThat(rest().get(path + "latest/schema").json().path("fields")).hasSize(2);
        assertThat(rest().get(path + "3").errorCode()).isEqualTo(40402);
        assertThat(rest().get(path + "x").errorCode()).isEqualTo(can(CHECKS_VERSIONS) ? 42202 : 40402);
        assertThat(rest().get("/subjects/" + subject() + "/versions").errorCode())
                .isEqualTo(40401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"type\":\"nonsense\"}", "{\"type\":\"record\",\"name\":\"R\"}"})
    void whatIsNoSchemaIsRefused(String schema) {
        Answer answer = rest().postSchema("/subjects/" + subject() + "/versions", schema);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.errorCode()).isEqualTo(42201);
    }

    @Test
    void anEmptyTextIsNoSchema() {
        Answer answer = rest().postSchema("/subjects/" + subject() + "/versions", "");

        assertThat(answer.status()).isEqualTo(can(REFUSES_EMPTY_TEXT) ? 422 : 200);
    }

    /** Each row: the level, the versions there are, the new one, whether it may come. */
    @ParameterizedTest
    @CsvSource({
        "BACKWARD, A, A_AND_OPTIONAL_B, true",
        "BACKWARD, A, A_AND_REQUIRED_B, false",
        "BACKWARD, A, EMPTY, true",
        "BACKWARD, A, A_AS_LONG, true",
        "BACKWARD, A, A_AS_TEXT, false",
        "BACKWARD, A;EMPTY, A_AS_OPTIONAL_TEXT, true",
        "BACKWARD_TRANSITIVE, A;EMPTY, A_AS_OPTIONAL_TEXT, false",
        "BACKWARD_TRANSITIVE, A;EMPTY, OPTIONAL_A, true",
        "FORWARD, A, A_AND_REQUIRED_B, true",
        "FORWARD, A, EMPTY, false",
        "FORWARD, OPTIONAL_A, EMPTY, true",
        "FORWARD, A, A_AS_LONG, false",
        "FORWARD, A_AS_OPTIONAL_TEXT;EMPTY, A, true",
        "FORWARD_TRANSITIVE, A_AS_OPTIONAL_TEXT;EMPTY, A, false",
        "FULL, A, A_AND_OPTIONAL_B, true",
        "FULL, A, A_AND_REQUIRED_B, false",
        "FULL, A, EMPTY, false",
        "FULL, OPTIONAL_A;EMPTY, A_AS_OPTIONAL_TEXT, true",
        "FULL_TRANSITIVE, OPTIONAL_A;EMPTY, A_AS_OPTIONAL_TEXT, false",
        "FULL_TRANSITIVE, OPTIONAL_A;EMPTY, A_AND_OPTIONAL_B, false",
    })
    void aNewVersionKeepsToTheSubjectsLevel(String level, String there, String next, boolean allowed) {
        String subject = subject();
        level(subject, level);
        for (String name : there.split(";", -1)) {
            register(subject, schema(name));
        }

        Answer check = rest().postSchema("/compatibility/subjects/" + subject + "/versions/latest", schema(next));
        Answer answer = rest().postSchema("/subjects/" + subject + "/versions", schema(next));

        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(allowed ? 200 : 409);
        if (!allowed) {
            assertThat(answer.errorCode()).isEqualTo(409);
            assertThat(answer.json().path("message").asText()).isNotEmpty();
        }
        if (!there.contains(";")) {
            assertThat(check.json().path("is_compatible").asBoolean()).isEqualTo(allowed);
        }
    }

    private static String schema(String name) {
        return switch (name) {
            case "A" -> A;
            case "A_AND_OPTIONAL_B" -> A_AND_OPTIONAL_B;
            case "A_AND_REQUIRED_B" -> A_AND_REQUIRED_B;
            case "OPTIONAL_A" -> OPTIONAL_A;
            case "EMPTY" -> EMPTY;
            case "A_AS_TEXT" -> A_AS_TEXT;
            case "A_AS_OPTIONAL_TEXT" -> A_AS_OPTIONAL_TEXT;
            case "A_AS_LONG" -> A_AS_LONG;
            default -> throw new IllegalArgumentException(name);
        };
    }

    @Test
    void aCheckRegistersNothingAndSaysWhyOnRequest() {
        String subject = subject();
        level(subject, "BACKWARD");
        register(subject, A);

        Answer answer =
                rest().postSchema("/compatibility/subjects/" + subject + "/versions/latest?verbose=true", A_AS_TEXT);

        assertThat(answer.json().path("is_compatible").asBoolean(true)).isFalse();
        assertThat(answer.json().path("messages").isEmpty()).isNotEqualTo(can(REASONS_OF_CHECKS));
        assertThat(rest().get("/subjects/" + subject + "/versions").json()).hasToString("[1]");
    }

    @Test
    void levelsAreSetReadAndRefused() {
        String path = "/config/" + subject();

        Answer put = rest().put(path, "{\"compatibility\":\"FULL_TRANSITIVE\"}");

        assertThat(put.json()
                        .path(can(CHECKS_LEVELS) ? "compatibility" : "compatibilityLevel")
                        .asText())
                .isEqualTo("FULL_TRANSITIVE");
        assertThat(rest().get(path).json().path("compatibilityLevel").asText()).isEqualTo("FULL_TRANSITIVE");
        Answer wrong = rest().put(path, "{\"compatibility\":\"SOMETIMES\"}");
        assertThat(wrong.status()).isEqualTo(can(CHECKS_LEVELS) ? 422 : 500);
        assertThat(wrong.errorCode()).isEqualTo(can(CHECKS_LEVELS) ? 42203 : 0);
        assertThat(rest().get(path).json().path("compatibilityLevel").asText()).isEqualTo("FULL_TRANSITIVE");
    }

    @Test
    void aSubjectWithoutALevelOfItsOwnIsTold() {
        String subject = subject();
        Answer before = rest().get("/config/" + subject);
        register(subject, A);
        Answer after = rest().get("/config/" + subject);

        assertThat(before.errorCode()).isEqualTo(can(TELLS_UNSET_LEVELS) ? 40408 : 40401);
        if (can(TELLS_UNSET_LEVELS)) {
            assertThat(after.errorCode()).isEqualTo(40408);
        } else {
            assertThat(after.json().path("compatibilityLevel").asText()).isEqualTo("NONE");
        }
    }

    @Test
    void theGlobalLevelHoldsForSubjectsWithoutTheirOwn() {
        whileTheGlobalLevelIs("FORWARD", () -> {
            String subject = subject();
            register(subject, A);
            assertThat(rest().postSchema("/subjects/" + subject + "/versions", EMPTY)
                            .status())
                    .isEqualTo(409);
            register(subject, A_AND_REQUIRED_B);
        });
    }

    @Test
    void aSubjectsOwnLevelOverridesTheGlobalOne() {
        whileTheGlobalLevelIs("FORWARD", () -> {
            String subject = subject();
            level(subject, "BACKWARD");
            register(subject, A);
            register(subject, EMPTY);
        });
    }

    @Test
    void aSubjectsNoneOverridesTheGlobalLevel() {
        whileTheGlobalLevelIs("FORWARD", () -> {
            String subject = subject();
            Answer early = rest().put("/config/" + subject, NONE);
            register(subject, A);
            level(subject, "NONE");
            Answer other = rest().postSchema("/subjects/" + subject + "/versions", A_AS_TEXT);

            assertThat(early.status()).isEqualTo(can(NONE_OF_A_SUBJECT) ? 200 : 404);
            assertThat(other.status()).isEqualTo(can(NONE_OF_A_SUBJECT) ? 200 : 409);
        });
    }

    private void whileTheGlobalLevelIs(String level, Runnable test) {
        String before = rest().get("/config").json().path("compatibilityLevel").asText();
        assertThat(before).isEqualTo(can(BACKWARD_BY_DEFAULT) ? "BACKWARD" : "NONE");
        rest().put("/config", "{\"compatibility\":\"" + level + "\"}");
        try {
            test.run();
        } finally {
            rest().put("/config", "{\"compatibility\":\"" + before + "\"}");
        }
    }

    @Test
    void aDeletedSubjectIsGoneButItsIdsKeepTheirMeaning() {
        String subject = subject();
        int first = register(subject, A);
        register(subject, A_AND_OPTIONAL_B);

        assertThat(rest().delete("/subjects/" + subject).json()).hasToString("[1,2]");

        assertThat(rest().get("/subjects/" + subject + "/versions").errorCode()).isEqualTo(40401);
        assertThat(rest().get("/subjects").json()).noneMatch(s -> s.asText().equals(subject));
        assertThat(rest().get("/schemas/ids/" + first).status()).isEqualTo(200);
        assertThat(register(subject, A)).isEqualTo(first);
    }

    @Test
    void aDeletedVersionIsGoneAndTheOthersStay() {
        String subject = subject();
        register(subject, A);
        register(subject, A_AND_OPTIONAL_B);

        assertThat(rest().delete("/subjects/" + subject + "/versions/1").json()).hasToString("1");

        assertThat(rest().get("/subjects/" + subject + "/versions").json()).hasToString("[2]");
        assertThat(rest().get("/subjects/" + subject + "/versions/1").errorCode())
                .isEqualTo(40402);
    }

    @Test
    void unionsAndPrimitivesAreSchemasToo() {
        String union = "[" + A + "," + A.replace("\"R\"", "\"S\"") + "]";
        String subject = subject();
        int id = register(subject, union);

        assertThat(rest().get("/schemas/ids/" + id).json().path("schema").asText())
                .startsWith("[");
        assertThat(rest().postSchema("/subjects/" + subject, union)
                        .json()
                        .path("id")
                        .asInt())
                .isEqualTo(id);
        assertThat(register(subject(), "\"string\"")).isPositive();
    }

    @Test
    void subjectsMayHaveOddNames() {
        String subject = subject() + " a+b%:ü";
        register(subject, A);

        assertThat(rest().get("/subjects/" + RestClient.encode(subject) + "/versions")
                        .json())
                .hasToString("[1]");
        assertThat(rest().get("/subjects").json()).anyMatch(s -> s.asText().equals(subject));
    }

    @Test
    void manyWhoRegisterTheSameGetTheSame() throws Exception {
        String subject = subject();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Integer>> ids = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                ids.add(threads.submit(() -> register(subject, A)));
            }
            for (Future<Integer> id : ids) {
                assertThat(id.get()).isEqualTo(ids.get(0).get());
            }
            assertThat(rest().get("/subjects/" + subject + "/versions").json()).hasToString("[1]");
        } finally {
            threads.shutdownNow();
        }
    }
}
