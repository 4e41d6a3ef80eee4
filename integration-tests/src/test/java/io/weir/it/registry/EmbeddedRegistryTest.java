package io.weir.it.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.it.TestCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The embedded registry keeps the contract, and what it does beyond. */
class EmbeddedRegistryTest extends RegistryContract {
    @Override
    String url() {
        return TestCluster.shared().registryUrl();
    }

    @Override
    Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Test
    void allIsThereAgainAfterARestart() {
        try (TestCluster cluster = TestCluster.start()) {
            RestClient before = new RestClient(cluster.registryUrl());
            before.put("/config", "{\"compatibility\":\"full\"}");
            before.put("/config/kept", "{\"compatibility\":\"NONE\"}");
            before.put("/config/unset", "{\"compatibility\":\"NONE\"}");
            before.delete("/config/unset");
            before.postSchema("/subjects/kept/versions", A);
            before.postSchema("/subjects/kept/versions", A_AS_TEXT);
            before.postSchema("/subjects/soft/versions", A_AS_LONG);
            before.delete("/subjects/soft");
            before.postSchema("/subjects/gone/versions", EMPTY);
            before.delete("/subjects/gone");
            before.delete("/subjects/gone?permanent=true");
            before.postSchema("/subjects/part/versions", A);
            before.postSchema("/subjects/part/versions", A_AND_OPTIONAL_B);
            before.delete("/subjects/part/versions/1");
            Map<String, Object> state = state(before);

            cluster.restart();

            RestClient after = new RestClient(cluster.registryUrl());
            assertThat(state(after)).isEqualTo(state);
            assertThat(after.get("/subjects?deleted=true").json()).hasToString("[\"kept\",\"part\",\"soft\"]");
            assertThat(after.postSchema("/subjects/new/versions", A_AND_REQUIRED_B)
                            .json()
                            .path("id")
                            .asInt())
                    .isEqualTo(6);
        }
    }

    private static Map<String, Object> state(RestClient rest) {
        Map<String, Object> state = new HashMap<>();
        for (String path : new String[] {
            "/schemas?deleted=true", "/subjects", "/subjects/kept/versions", "/subjects/part/versions", "/config",
            "/config/kept", "/config/unset", "/schemas/ids/1/versions", "/schemas/ids/3", "/subjects/gone/versions"
        }) {
            state.put(path, rest.get(path).json());
        }
        return state;
    }

    @Test
    void theTopicHasTheLayoutOfConfluents() throws Exception {
        try (TestCluster cluster = TestCluster.start()) {
            RestClient rest = new RestClient(cluster.registryUrl());
            rest.postSchema("/subjects/s/versions", A);
            rest.put("/config/s", "{\"compatibility\":\"NONE\"}");
            rest.delete("/subjects/s");
            rest.delete("/subjects/s?permanent=true");

            Map<String, String> last = new HashMap<>();
            for (ConsumerRecord<String, byte[]> record : cluster.readBytes("_schemas")) {
                last.put(record.key(), record.value() == null ? "deleted" : new String(record.value(), UTF_8));
            }

            ObjectMapper json = new ObjectMapper();
            assertThat(last)
                    .containsEntry("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}", "deleted")
                    .containsKey("{\"keytype\":\"DELETE_SUBJECT\",\"magic\":0,\"subject\":\"s\"}")
                    .containsEntry("{\"keytype\":\"CONFIG\",\"magic\":0,\"subject\":\"s\"}", "deleted");
            var value = json.readTree(cluster.readBytes("_schemas").get(0).value());
            assertThat(value.fieldNames())
                    .toIterable()
                    .containsExactly("subject", "version", "id", "schema", "deleted");
        }
    }

    @Test
    void deletesWantTheirOrder() {
        String subject = subject();
        String path = "/subjects/" + subject;
        level(subject, "NONE");
        register(subject, A);
        register(subject, A_AS_TEXT);

        assertThat(rest().delete(path + "?permanent=true").errorCode()).isEqualTo(40405);
        assertThat(rest().delete(path + "/versions/1?permanent=true").errorCode())
                .isEqualTo(40407);
        assertThat(rest().delete(path + "/versions/1").status()).isEqualTo(200);
        assertThat(rest().delete(path + "/versions/1").errorCode()).isEqualTo(40406);
        assertThat(rest().delete(path + "/versions/1?permanent=true").json()).hasToString("1");
        assertThat(rest().delete(path + "/versions/1?permanent=true").errorCode())
                .isEqualTo(40402);
        assertThat(rest().delete(path).json()).hasToString("[2]");
        assertThat(rest().delete(path).errorCode()).isEqualTo(40404);
        assertThat(rest().get(path + "/versions?deleted=true").json()).hasToString("[2]");
        assertThat(rest().delete(path + "?permanent=true").json()).hasToString("[2]");
        assertThat(rest().delete(path + "?permanent=true").errorCode()).isEqualTo(40401);
    }

    @Test
    void whatItDoesNotTakeIsToldClearly() {
        String path = "/subjects/" + subject() + "/versions";
        var references = rest().post(path, "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\"}]}");
        assertThat(references.errorCode()).isEqualTo(42201);
        assertThat(references.json().path("message").asText())
                .contains("references, which the embedded registry does not");
        var protobuf = rest().post(path, "{\"schema\":\"syntax\",\"schemaType\":\"PROTOBUF\"}");
        assertThat(protobuf.errorCode()).isEqualTo(42201);
        assertThat(protobuf.json().path("message").asText()).contains("takes AVRO only");
        assertThat(rest().post(path, "{").status()).isEqualTo(400);
        assertThat(rest().post(path, "[]").status()).isEqualTo(400);
        assertThat(rest().get("/nowhere").status()).isEqualTo(404);
        assertThat(rest().put("/subjects", "{}").status()).isEqualTo(405);
    }

    @Test
    void smallCallsAnswer() {
        int id = register(subject(), A);
        assertThat(rest().get("/mode").json().path("mode").asText()).isEqualTo("READWRITE");
        assertThat(rest().get("/schemas/types").json()).hasToString("[\"AVRO\"]");
        assertThat(rest().get("/").json()).hasToString("{}");
        assertThat(rest().get("/schemas/ids/" + id + "/schema")
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("R");
        assertThat(rest().get("/schemas/ids/" + id + "/subjects").json()).isNotEmpty();
    }

    @Test
    void aPortThatIsTakenGivesWayToAFreeOne() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (EmbeddedRegistry second =
                    EmbeddedRegistry.start(TestCluster.shared().bootstrapServers(), taken.getLocalPort())) {
                assertThat(second.port()).isNotEqualTo(taken.getLocalPort());
                assertThat(new RestClient(second.url()).get("/subjects").status())
                        .isEqualTo(200);
            }
        }
    }
}
