package io.weir.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.weir.schemas.Rule;
import io.weir.schemas.Volume;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {
    private static final Schema SCHEMA = Volume.SCHEMA$;

    @AutoClose
    private final FakeRegistry registry = new FakeRegistry();

    @Test
    void whatIsKnownIsNotAskedForAgain() {
        try (SchemaRegistryClient client = client(Map.of())) {
            int id = client.register("s-value", SCHEMA);
            assertThat(client.register("s-value", SCHEMA)).isEqualTo(id);
            assertThat(client.byId(id)).isEqualTo(SCHEMA);
            assertThat(registry.requests()).hasSize(1);

            assertThat(client.lookup("s-value", SCHEMA)).isEqualTo(new RegisteredSchema("s-value", 1, id, SCHEMA));
            assertThat(client.lookup("s-value", SCHEMA).id()).isEqualTo(id);
            assertThat(registry.requests()).hasSize(2);

            assertThat(client.latest("s-value").id()).isEqualTo(id);
            assertThat(client.latest("s-value").id()).isEqualTo(id);
            assertThat(registry.requests()).hasSize(4);
        }
        try (SchemaRegistryClient other = client(Map.of())) {
            assertThat(other.byId(1)).isEqualTo(SCHEMA);
            assertThat(other.byId(1)).isSameAs(other.byId(1));
            assertThat(registry.requests()).hasSize(5);
        }
    }

    @Test
    void subjectsAreEncodedInAddresses() {
        registry.put("a/b ü%-value", SCHEMA);
        try (SchemaRegistryClient client = client(Map.of())) {
            registry.answerNext(200, "[1,3]");
            assertThat(client.versions("a/b ü%-value")).containsExactly(1, 3);
            assertThat(registry.requests().get(0).line()).isEqualTo("GET /subjects/a/b ü%-value/versions");
        }
    }

    @Test
    void overloadAndFailuresOfTheServerAreTriedAgain() {
        registry.put("s", SCHEMA);
        registry.answerNext(500, "{\"error_code\":50001,\"message\":\"store\"}");
        registry.answerNext(429, "slow down");
        registry.answerNext(503, "<html>starting</html>");
        try (SchemaRegistryClient client = client(Map.of())) {
            assertThat(client.latest("s").schema()).isEqualTo(SCHEMA);
            assertThat(registry.requests()).hasSize(4);
        }
    }

    @Test
    void afterTheRetriesTheLastAnswerIsTold() {
        for (int i = 0; i < 2; i++) {
            registry.answerNext(500, "{\"error_code\":50003,\"message\":\"forwarding\"}");
        }
        try (SchemaRegistryClient client = client(Map.of("max.retries", "1"))) {
            RegistryException e = catchThrowableOfType(RegistryException.class, () -> client.latest("s"));

            assertThat(e)
                    .hasMessageContaining(
                            "cannot read version=latest of subject='s': no schema registry answers at [http")
                    .hasMessageContaining("tried 2 times; last: http://127.0.0.1:" + registry.port()
                            + "/ answered HTTP 500 forwarding");
            assertThat(e.httpStatus()).isEqualTo(500);
            assertThat(e.errorCode()).isEqualTo(50003);
            assertThat(e.isUnavailable()).isTrue();
        }
    }

    @Test
    void refusalsAreNotTriedAgainAndCarryTheirCodes() {
        try (SchemaRegistryClient client = client(Map.of())) {
            RegistryException e = catchThrowableOfType(RegistryException.class, () -> client.lookup("s", SCHEMA));

            assertThat(e).hasMessageContaining("HTTP 404, error code 40401: Subject 's' not found.");
            assertThat(e.httpStatus()).isEqualTo(404);
            assertThat(e.errorCode()).isEqualTo(RegistryException.SUBJECT_NOT_FOUND);
            assertThat(e.isNotFound()).isTrue();
            assertThat(e.isUnavailable()).isFalse();
            assertThat(registry.requests()).hasSize(1);

            registry.answerNext(401, "");
            assertThatThrownBy(() -> client.latest("s")).hasMessageContaining("check basic.auth.* or bearer.auth.*");
        }
    }

    /** A record whose schema cannot be asked for is not given up, so whoever reads it asks again and again. */
    @Test
    void aRefusalIsNoWordAboutTheSchemaAndIsNotAskedForAgainAtOnce() {
        registry.put("s", SCHEMA);
        try (SchemaRegistryClient client = client(Map.of())) {
            registry.answerNext(401, "");
            for (int i = 0; i < 100; i++) {
                RegistryException e = catchThrowableOfType(RegistryException.class, () -> client.byId(1));
                assertThat(e.isUnavailable()).isTrue();
            }
            assertThat(registry.requests()).hasSize(1);
            await().ignoreExceptions()
                    .untilAsserted(() -> assertThat(client.byId(1)).isEqualTo(SCHEMA));
        }
        try (SchemaRegistryClient client = client(Map.of())) {
            registry.answerNext(403, "");
            assertThatThrownBy(() -> client.byId(1)).hasMessageContaining("the user may not do this");
            assertThat(client.latest("s").schema()).isEqualTo(SCHEMA);
        }
    }

    /** Or readers would take good records for damaged ones. */
    @Test
    void aRegistryThatKnowsNeitherIdNorSubjectHasLostItsSchemas() {
        try (SchemaRegistryClient client = client(Map.of())) {
            RegistryException lost = catchThrowableOfType(RegistryException.class, () -> client.byId(1, "s"));
            assertThat(lost.isUnavailable()).isTrue();
            assertThat(lost)
                    .hasMessageContaining("cannot read schema id=1 at " + registry.url())
                    .hasMessageContaining("it does not know subject='s' either, so it has lost its schemas")
                    .hasMessageContaining("run 'weir topics create' before anything else registers there");
            assertThatThrownBy(() -> RegistryException.throwIfAway(new IllegalStateException(lost)))
                    .isSameAs(lost);

            registry.put("s", SCHEMA);
            assertThat(client.byId(1, "s")).isEqualTo(SCHEMA);
            RegistryException damaged = catchThrowableOfType(RegistryException.class, () -> client.byId(2, "s"));
            assertThat(damaged.isNotFound()).isTrue();
            assertThat(damaged.isUnavailable()).isFalse();
            RegistryException.throwIfAway(new IllegalStateException(damaged));

            registry.answerNext(404, "{\"error_code\":40403}");
            registry.answerNext(403, "");
            assertThatThrownBy(() -> client.byId(3, "s"))
                    .isInstanceOfSatisfying(RegistryException.class, unknown -> assertThat(unknown.isUnavailable())
                            .isFalse());
        }
    }

    @Test
    void aDeadAddressIsPassedOverAndTheLivingOneKept() throws IOException {
        registry.put("s", SCHEMA);
        String urls = "http://127.0.0.1:" + deadPort() + " , " + registry.url() + "/";
        try (SchemaRegistryClient client = client(Map.of("schema.registry.url", urls, "max.retries", "0"))) {
            assertThat(client.latest("s").schema()).isEqualTo(SCHEMA);
            assertThat(client.latest("s").schema()).isEqualTo(SCHEMA);
        }
    }

    @Test
    void whenNoneAnswersTheAddressesAreNamedWithoutCredentials() throws IOException {
        String urls = "http://me:s3cret@127.0.0.1:" + deadPort();
        try (SchemaRegistryClient client = client(Map.of("schema.registry.url", urls, "max.retries", "0"))) {
            RegistryException e = catchThrowableOfType(RegistryException.class, () -> client.byId(7));

            assertThat(e)
                    .hasMessageStartingWith("cannot read schema id=7: no schema registry answers at [http://127.0.0.1:")
                    .hasMessageContaining("ConnectException");
            assertThat(e.toString()).doesNotContain("s3cret");
            assertThat(e.httpStatus()).isZero();
            assertThat(e.isUnavailable()).isTrue();
        }
    }

    @Test
    void closingEndsAWaitBetweenRounds() {
        registry.answerNext(503, "");
        SchemaRegistryClient client = client(Map.of("retries.wait.ms", "600000", "retries.max.wait.ms", "600000"));
        CompletableFuture<List<String>> call = CompletableFuture.supplyAsync(client::subjects);
        await().until(() -> registry.requests().size() == 1);

        client.close();

        assertThatThrownBy(() -> call.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("the client is closed");
    }

    @Test
    void anAnswerThatIsNotARegistrysIsTold() {
        registry.answerNext(200, "<html>welcome</html>");
        registry.answerNext(200, "{\"schema\":\"syntax = 'proto3';\",\"schemaType\":\"PROTOBUF\"}");
        registry.answerNext(200, "{\"schema\":\"{}\"}");
        registry.answerNext(200, "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\"}]}");
        try (SchemaRegistryClient client = client(Map.of())) {
            assertThatThrownBy(() -> client.byId(1))
                    .hasMessageContaining("the answer (HTTP 200) is not JSON: '<html>welcome</html>'")
                    .hasMessageContaining("/apis/ccompat/v7");
            assertThatThrownBy(() -> client.byId(2)).hasMessageContaining("its type is PROTOBUF; expected AVRO");
            assertThatThrownBy(() -> client.byId(3)).hasMessageContaining("its text is not a schema");
            assertThatThrownBy(() -> client.byId(4)).hasMessageContaining("it refers to other schemas");
        }
    }

    @Test
    void tooManySchemasOfOneSubjectAreAMistakeOfTheCaller() {
        try (SchemaRegistryClient client = client(Map.of("max.schemas.per.subject", 1))) {
            client.register("s", SCHEMA);
            assertThatThrownBy(() -> client.register("s", Rule.SCHEMA$))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("max.schemas.per.subject");
        }
    }

    private SchemaRegistryClient client(Map<String, ?> extra) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", registry.url(), "retries.wait.ms", 1));
        config.putAll(extra);
        return new SchemaRegistryClient(config);
    }

    private static int deadPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
