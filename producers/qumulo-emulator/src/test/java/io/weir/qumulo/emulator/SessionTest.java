package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.settings.Accounts;
import io.weir.qumulo.emulator.settings.Privileges;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Login, tokens, privileges, and what the cluster says of itself. */
class SessionTest extends EmulatorTest {
    private static final String WHO_AM_I = "/v1/session/who-am-i";

    private Client.Reply logIn(String password) throws IOException {
        return client.post("/v1/session/login", "{\"username\":\"admin\",\"password\":\"" + password + "\"}");
    }

    @Test
    void aLoginGivesATokenForTenHours() throws IOException {
        String token = logIn("ok").json().get("bearer_token").asText();
        assertThat(token).startsWith("session-v1:");
        try (var user = new Client(cluster.uri(), token)) {
            assertThat(user.get(WHO_AM_I).json().get("name").asText()).isEqualTo("admin");
            cluster.clock().advance(Accounts.SESSION);
            assertThat(user.get(WHO_AM_I).status()).isEqualTo(401);
        }
    }

    @Test
    void aWrongPasswordIsRefusedInTheClustersWords() throws IOException {
        Client.Reply reply = logIn("wrong");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().get("description").asText()).isEqualTo("Incorrect username or password");
        assertThat(reply.errorClass()).isEqualTo("http_unauthorized_error");
        cluster.accounts().user("admin", "wrong");
        assertThat(logIn("wrong").status()).isEqualTo(200);
    }

    @Test
    void withoutATokenThereIsOnlyTheVersion() throws IOException {
        try (var nobody = new Client(cluster.uri(), "")) {
            assertThat(nobody.get("/v1/version").json().get("revision_id").asText())
                    .isEqualTo("Qumulo Core 7.9.2.3");
            Client.Reply refused = nobody.get(WHO_AM_I);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.bytes()).isEmpty();
            cluster.switches().jsonUnauthorized(true);
            assertThat(nobody.get(WHO_AM_I).errorClass()).isEqualTo("http_unauthorized_error");
        }
    }

    @Test
    void tokensMayExpireAtAnyTime() throws IOException {
        cluster.accounts().grant("short", cluster.clock().instant().plusSeconds(60));
        try (var user = new Client(cluster.uri(), "short")) {
            assertThat(user.get(WHO_AM_I).status()).isEqualTo(200);
            cluster.clock().advance(Duration.ofMinutes(1));
            assertThat(user.get(WHO_AM_I).status()).isEqualTo(401);
        }
        cluster.faults().expireTokens();
        assertThat(client.get(WHO_AM_I).status()).isEqualTo(401);
    }

    @Test
    void accessTokensAreMadeListedSwitchedOffAndDeleted() throws IOException {
        String all = "/v1/auth/access-tokens/";
        String user =
                "{\"user\":{\"name\":\"admin\",\"domain\":\"LOCAL\"},\"expiration_time\":\"2100-01-01T00:00:00Z\"}";
        JsonNode made = client.post(all, user).json();
        String one = all + made.get("id").asText();
        try (var other = new Client(cluster.uri(), made.get("bearer_token").asText())) {
            assertThat(other.get(WHO_AM_I).status()).isEqualTo(200);
            client.send("PATCH", one, "{\"enabled\":false}");
            assertThat(other.get(WHO_AM_I).status()).isEqualTo(401);
            client.send("PATCH", one, "{\"enabled\":true,\"expiration_time\":\"2020-01-01T00:00:00Z\"}");
            assertThat(other.get(WHO_AM_I).status()).isEqualTo(401);
        }
        assertThat(client.post(all, user).status()).isEqualTo(200);
        assertThat(client.post(all, user).status()).as("a third one").isEqualTo(400);
        assertThat(client.send("DELETE", one, null).status()).isEqualTo(200);
        assertThat(client.get(one).status()).isEqualTo(404);
        assertThat(client.get(all).json().get("entries")).hasSize(1);
        cluster.accounts().withdraw(Privileges.ACCESS_TOKENS_WRITE);
        assertThat(client.post(all, user).status()).isEqualTo(403);
    }

    @Test
    void privilegesAreShownAndMayBeWithdrawn() throws IOException {
        cluster.accounts().withdraw(Privileges.CLUSTER_READ);
        JsonNode privileges = client.get(WHO_AM_I).json().get("privileges");
        assertThat(privileges)
                .extracting(JsonNode::asText)
                .contains(Privileges.SNAPSHOT_READ)
                .doesNotContain(Privileges.CLUSTER_READ);
        Client.Reply refused = client.get("/v1/cluster/nodes/");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("description").asText()).contains(Privileges.CLUSTER_READ);
    }

    @Test
    void theClusterTellsOfItselfAndItsNode() throws IOException {
        assertThat(client.get("/v1/node/state").text())
                .isEqualTo("{\"node_id\":1,\"state\":\"ACTIVE\","
                        + "\"cluster_id\":\"11111111-2222-3333-4444-555555555555\"}");
        assertThat(client.get("/v1/cluster/settings").json().get("cluster_name").asText())
                .isEqualTo("emulator");
        assertThat(client.get("/v1/cluster/nodes/")
                        .json()
                        .get(0)
                        .get("node_status")
                        .asText())
                .isEqualTo("online");
        assertThat(client.get("/v1/network/floating-ip-allocation")
                        .json()
                        .get(0)
                        .get("floating_addresses")
                        .get(0)
                        .asText())
                .isEqualTo("127.0.0.1");
        assertThat(client.get("/v1/file-system").json().has("free_size_bytes")).isTrue();
        assertThat(client.get("/v1/cluster/protection/status")
                        .json()
                        .get("remaining_node_failures")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void theSettingOfNotificationsIsReadAndWritten() throws IOException {
        String path = "/v1/file-system/settings/notify";
        assertThat(client.get(path).text()).isEqualTo("{\"recursive_mode\":\"ENABLED\"}");
        client.send("PUT", path, "{\"recursive_mode\":\"DISABLED_ERROR\"}");
        assertThat(client.get(path).text()).contains("DISABLED_ERROR");
        assertThat(client.send("PUT", path, "{\"recursive_mode\":\"OFF\"}").errorClass())
                .isEqualTo("decode_error");
    }

    @Test
    void whatIsNotThereOrNotMeantIsToldApart() throws IOException {
        assertThat(client.get("/v1/nope").status()).isEqualTo(404);
        assertThat(client.get("/v1/cluster/nodes").status())
                .as("without the slash")
                .isEqualTo(404);
        assertThat(client.send("DELETE", "/v1/version", null).status()).isEqualTo(405);
        assertThat(client.post("/v1/session/login", "{nonsense").errorClass()).isEqualTo("decode_error");
        assertThat(client.post("/v1/session/login", "\uFEFF{}").errorClass()).isEqualTo("decode_error");
        assertThat(client.post("/v1/session/login", "{}").errorClass()).isEqualTo("decode_error");
    }

    @Test
    void theWebPortsPrefixIsTaken() throws IOException {
        assertThat(client.get("/api/v1/version").status()).isEqualTo(200);
        assertThat(cluster.calls()).containsExactly("GET /v1/version");
    }
}
