package io.weir.cli.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.embedded.SchemaState.Version;
import io.weir.schemas.registry.Compatibility;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The registry's calls, after Confluent's. One lock for all: a registry of some dozen schemas has nothing to gain from more. */
final class RegistryApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Compatibility DEFAULT_LEVEL = Compatibility.BACKWARD;

    private final SchemaState state;
    private final SchemasTopic topic;

    RegistryApi(SchemaState state, SchemasTopic topic) {
        this.state = state;
        this.topic = topic;
    }

    synchronized JsonNode subjects(boolean withDeleted, String prefix) {
        ArrayNode array = JSON.createArrayNode();
        state.subjects(withDeleted).stream().filter(s -> s.startsWith(prefix)).forEach(array::add);
        return array;
    }

    synchronized JsonNode register(String subject, JsonNode body) {
        Schema schema = schema(body);
        Optional<Version> there = find(subject, schema, false);
        if (there.isPresent()) {
            return JSON.createObjectNode().put("id", there.get().id());
        }
        List<Version> earlier = state.versions(subject, false);
        List<String> faults = SchemaEvolution.faults(levelOf(subject), schema, earlier);
        if (!faults.isEmpty()) {
            throw ApiError.incompatible(subject, faults + "; compatibility: '" + levelOf(subject) + "'");
        }
        int version = 1
                + state.versions(subject, true).stream()
                        .mapToInt(Version::version)
                        .max()
                        .orElse(0);
        int id = state.idFor(schema);
        topic.putVersion(new Version(subject, version, id, schema.toString(), false));
        return JSON.createObjectNode().put("id", id);
    }

    synchronized JsonNode lookup(String subject, JsonNode body, boolean withDeleted) {
        Schema schema = schema(body);
        if (state.versions(subject, withDeleted).isEmpty()) {
            throw ApiError.noSubject(subject);
        }
        return json(find(subject, schema, withDeleted).orElseThrow(ApiError::noSchema));
    }

    private Optional<Version> find(String subject, Schema schema, boolean withDeleted) {
        String text = schema.toString();
        return state.versions(subject, withDeleted).stream()
                .filter(v -> v.text().equals(text))
                .reduce((first, later) -> later);
    }

    synchronized JsonNode versions(String subject, boolean withDeleted) {
        ArrayNode array = JSON.createArrayNode();
        existing(subject, withDeleted).forEach(v -> array.add(v.version()));
        return array;
    }

    synchronized JsonNode version(String subject, String version, boolean withDeleted) {
        return json(find(subject, version, withDeleted));
    }

    synchronized String versionText(String subject, String version, boolean withDeleted) {
        return find(subject, version, withDeleted).text();
    }

    private List<Version> existing(String subject, boolean withDeleted) {
        List<Version> versions = state.versions(subject, withDeleted);
        if (versions.isEmpty()) {
            throw ApiError.noSubject(subject);
        }
        return versions;
    }

    private Version find(String subject, String version, boolean withDeleted) {
        int number = number(version);
        List<Version> versions = existing(subject, withDeleted);
        return number < 0
                ? versions.get(versions.size() - 1)
                : versions.stream()
                        .filter(v -> v.version() == number)
                        .findFirst()
                        .orElseThrow(() -> ApiError.noVersion(version));
    }

    /** The number of a version; -1 for {@code latest}. */
    private static int number(String version) {
        if (version.equals("latest") || version.equals("-1")) {
            return -1;
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // One message for both.
        }
        throw ApiError.invalidVersion(version);
    }

    synchronized JsonNode byId(int id) {
        return JSON.createObjectNode().put("schema", textById(id));
    }

    synchronized String textById(int id) {
        return state.textOf(id).orElseThrow(() -> ApiError.noSchema(id));
    }

    synchronized JsonNode versionsById(int id, boolean withDeleted) {
        textById(id);
        ArrayNode array = JSON.createArrayNode();
        state.versionsOf(id, withDeleted)
                .forEach(v -> array.addObject().put("subject", v.subject()).put("version", v.version()));
        return array;
    }

    synchronized JsonNode subjectsById(int id, boolean withDeleted) {
        textById(id);
        ArrayNode array = JSON.createArrayNode();
        state.versionsOf(id, withDeleted).stream()
                .map(Version::subject)
                .distinct()
                .forEach(array::add);
        return array;
    }

    synchronized JsonNode schemas(boolean withDeleted, String prefix, boolean latestOnly) {
        ArrayNode array = JSON.createArrayNode();
        for (String subject : state.subjects(withDeleted)) {
            if (subject.startsWith(prefix)) {
                List<Version> versions = state.versions(subject, withDeleted);
                versions.subList(latestOnly ? versions.size() - 1 : 0, versions.size())
                        .forEach(v -> array.add(json(v)));
            }
        }
        return array;
    }

    synchronized JsonNode deleteSubject(String subject, boolean permanent) {
        List<Version> all = existing(subject, true);
        List<Version> alive = state.versions(subject, false);
        ArrayNode array = JSON.createArrayNode();
        if (permanent) {
            if (!alive.isEmpty()) {
                throw ApiError.subjectNotSoftDeleted(subject);
            }
            all.forEach(v -> topic.removeVersion(subject, v.version()));
            all.forEach(v -> array.add(v.version()));
        } else {
            if (alive.isEmpty()) {
                throw ApiError.subjectSoftDeleted(subject);
            }
            topic.softDelete(subject, alive.get(alive.size() - 1).version());
            alive.forEach(v -> array.add(v.version()));
        }
        if (state.level(subject).isPresent()) {
            topic.putLevel(Optional.of(subject), Optional.empty());
        }
        return array;
    }

    synchronized JsonNode deleteVersion(String subject, String version, boolean permanent) {
        Version found = find(subject, version, number(version) > 0);
        if (permanent) {
            if (!found.deleted()) {
                throw ApiError.versionNotSoftDeleted(subject, found.version());
            }
            topic.removeVersion(subject, found.version());
        } else {
            if (found.deleted()) {
                throw ApiError.versionSoftDeleted(subject, found.version());
            }
            topic.putVersion(new Version(subject, found.version(), found.id(), found.text(), true));
        }
        return JSON.getNodeFactory().numberNode(found.version());
    }

    /** Against one version, or with an empty text against those that the subject's level names. */
    synchronized JsonNode check(String subject, String version, JsonNode body, boolean verbose) {
        Schema schema = schema(body);
        List<Version> against =
                version.isEmpty() ? state.versions(subject, false) : List.of(find(subject, version, false));
        List<String> faults = SchemaEvolution.faults(levelOf(subject), schema, against);
        ObjectNode answer = JSON.createObjectNode().put("is_compatible", faults.isEmpty());
        if (verbose) {
            ArrayNode messages = answer.putArray("messages");
            faults.forEach(messages::add);
        }
        return answer;
    }

    synchronized JsonNode globalLevel() {
        return level(Compatibility.valueOf(state.globalLevel().orElse(DEFAULT_LEVEL.name())));
    }

    synchronized JsonNode level(String subject, boolean defaultToGlobal) {
        if (state.level(subject).isEmpty() && !defaultToGlobal) {
            throw ApiError.noLevel(subject);
        }
        return level(levelOf(subject));
    }

    synchronized JsonNode putLevel(Optional<String> subject, JsonNode body) {
        Compatibility level;
        try {
            level = Compatibility.valueOf(body.path("compatibility").asText().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalidLevel();
        }
        topic.putLevel(subject, Optional.of(level.name()));
        return JSON.createObjectNode().put("compatibility", level.name());
    }

    synchronized JsonNode deleteLevel(Optional<String> subject) {
        JsonNode before = subject.isPresent() ? level(subject.get(), false) : globalLevel();
        topic.putLevel(subject, Optional.empty());
        return before;
    }

    private Compatibility levelOf(String subject) {
        return Compatibility.valueOf(state.level(subject).or(state::globalLevel).orElse(DEFAULT_LEVEL.name()));
    }

    private static JsonNode level(Compatibility level) {
        return JSON.createObjectNode().put("compatibilityLevel", level.name());
    }

    private static JsonNode json(Version v) {
        return JSON.createObjectNode()
                .put("subject", v.subject())
                .put("version", v.version())
                .put("id", v.id())
                .put("schema", v.text());
    }

    private static Schema schema(JsonNode body) {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw ApiError.invalidSchema("schemaType='" + type + "'; the embedded registry takes AVRO only");
        }
        if (!body.path("references").isEmpty()) {
            throw ApiError.invalidSchema(
                    "it has references, which the embedded registry does not take; put the types that"
                            + " it refers to into the schema itself");
        }
        String text = body.path("schema").asText("");
        if (text.isBlank()) {
            throw ApiError.invalidSchema("the field 'schema' is missing or empty");
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw ApiError.invalidSchema(e.getMessage() + "");
        }
    }
}
