package io.weir.qumulo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.http.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QumuloClientTest {
    private static final int ROUNDS = 4;
    private static final String WHO_AM_I = "/v1/session/who-am-i";
    private static final String VERSION = "/v1/version";
    private static final String NOTIFY = "/v1/file-system/settings/notify";
    private static final String TOKEN = "access-v1:abc==";

    @TempDir
    Path directory;

    private final List<Duration> pauses = new ArrayList<>();
    private QumuloEmulator cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = QumuloEmulator.start();
        cluster.accounts().user("admin", "päß \"wört\"").grant(TOKEN);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void anAccessTokenIsUsedAsTheFileHasIt() throws Exception {
        try (QumuloClient client = client(token("  " + TOKEN + "\n"))) {
            assertThat(client.whoAmI().name()).isEqualTo("admin");
            assertThat(client.version()).isEqualTo(new ClusterVersion(7, 9, 2));
            assertThat(client.recursiveMode()).isEqualTo(RecursiveMode.ENABLED);
            assertThat(client.clusterId()).contains("11111111-2222-3333-4444-555555555555");
        }
        assertThat(cluster.calls()).doesNotContain("POST /v1/session/login");
    }

    @Test
    void theJsonThatQqWritesIsATokenFileToo() throws Exception {
        try (QumuloClient client = client(token("{\"id\": \"7\", \"bearer_token\": \"" + TOKEN + "\"}"))) {
            assertThat(client.whoAmI().privileges()).contains("PRIVILEGE_FILE_READ_ACCESS");
        }
    }

    @Test
    void aUserLogsInOnceForManyCalls() throws Exception {
        try (QumuloClient client = client(password("päß \"wört\"\n"))) {
            client.whoAmI();
            client.recursiveMode();
        }
        assertThat(cluster.calls()).containsExactly("POST /v1/session/login", "GET " + WHO_AM_I, "GET " + NOTIFY);
    }

    @Test
    void anEndedSessionIsReplacedByANewLogin() throws Exception {
        try (QumuloClient client = client(password("päß \"wört\""))) {
            client.whoAmI();
            cluster.accounts().expireTokens();
            assertThat(client.whoAmI().id()).isEqualTo("500");
        }
        assertThat(cluster.calls())
                .containsExactly(
                        "POST /v1/session/login",
                        "GET " + WHO_AM_I,
                        "GET " + WHO_AM_I,
                        "POST /v1/session/login",
                        "GET " + WHO_AM_I);
    }

    @Test
    void aRenewedTokenFileIsReadAgain() throws Exception {
        Credentials.TokenFile file = token(TOKEN);
        try (QumuloClient client = client(file)) {
            client.whoAmI();
            cluster.accounts().expireTokens();
            cluster.accounts().grant("access-v1:new");
            Files.writeString(file.file(), "access-v1:new");
            assertThat(client.whoAmI().name()).isEqualTo("admin");
        }
    }

    @Test
    void anExpiredTokenIsNamedByItsFileAndNotShown() throws Exception {
        cluster.accounts().expireTokens();
        try (QumuloClient client = client(token(TOKEN))) {
            assertThatThrownBy(client::whoAmI)
                    .isInstanceOf(QumuloException.class)
                    .hasMessageContaining("the cluster refused the token of file='" + directory.resolve("secret") + "'")
                    .hasMessageContaining("qq auth_create_access_token")
                    .hasMessageNotContaining(TOKEN)
                    .extracting(e -> ((QumuloException) e).httpCode())
                    .isEqualTo(401);
        }
        assertThat(cluster.calls()).hasSize(1);
    }

    @Test
    void aWrongPasswordIsToldInTheClustersWords() throws Exception {
        try (QumuloClient client = client(password("wrong"))) {
            QumuloException e = catchThrowableOfType(QumuloException.class, client::whoAmI);
            assertThat(e)
                    .hasMessageContaining("login failed: user='admin'")
                    .hasMessageContaining("Incorrect username or password")
                    .hasMessageNotContaining("wrong");
            assertThat(e.errorClass()).isEqualTo("http_unauthorized_error");
            assertThat(e.description()).isEqualTo("Incorrect username or password");
        }
        assertThat(cluster.calls()).hasSize(1);
    }

    @Test
    void secretsThatCannotBeReadAreNamedByTheirFile() throws Exception {
        Path none = directory.resolve("none");
        try (QumuloClient client = client(new Credentials.TokenFile(none))) {
            assertThatThrownBy(client::whoAmI).hasMessage("token file='" + none + "': there is no such file");
        }
        try (QumuloClient client = client(token("two words"))) {
            assertThatThrownBy(client::whoAmI).hasMessageContaining("expected one token and nothing else");
        }
        try (QumuloClient client = client(token("{\"bearer_token\": \"s3cret"))) {
            assertThatThrownBy(client::whoAmI)
                    .hasMessageContaining("is not JSON at line 1")
                    .hasMessageNotContaining("s3cret");
        }
        try (QumuloClient client = client(password("\n"))) {
            assertThatThrownBy(client::whoAmI).hasMessageContaining("is empty; expected the password");
        }
    }

    @Test
    void anErrorCarriesCodeClassAndDescription() throws Exception {
        cluster.faults()
                .answerAlways(WHO_AM_I, Answer.error(403, "http_unauthorized_error", "no access to management"));
        try (QumuloClient client = client(token(TOKEN))) {
            QumuloException e = catchThrowableOfType(QumuloException.class, client::whoAmI);
            assertThat(e)
                    .hasMessage("GET " + WHO_AM_I + " failed: cluster='" + cluster.uri()
                            + "/': HTTP 403 http_unauthorized_error: no access to management");
            assertThat(e.httpCode()).isEqualTo(403);
        }
    }

    @Test
    void theInnerErrorIsTheOneThatIsTold() throws Exception {
        cluster.faults()
                .answerAlways(
                        WHO_AM_I,
                        Answer.json(
                                500,
                                "{\"description\":\"outer\",\"error_class\":\"wrapped_error\",\"inner\":"
                                        + "{\"description\":\"inside\",\"error_class\":\"fs_read_only_error\"}}"));
        try (QumuloClient client = client(token(TOKEN))) {
            assertThatThrownBy(client::whoAmI).hasMessageContaining("HTTP 500 fs_read_only_error: inside");
        }
    }

    @Test
    void aBusyNodeIsAskedAgainAfterPausesThatGrow() throws Exception {
        cluster.faults().answerNext(3, Answer.empty(503));
        try (QumuloClient client = client(token(TOKEN))) {
            assertThat(client.version().major()).isEqualTo(7);
        }
        assertThat(pauses).hasSize(3);
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(pauses.get(2)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
    }

    @Test
    void aNodeThatStaysBusyEndsInItsStatus() throws Exception {
        cluster.faults().answerAlways(VERSION, Answer.error(503, "quorum_error", "starting"));
        try (QumuloClient client = client(token(TOKEN))) {
            QumuloException e = catchThrowableOfType(QumuloException.class, client::version);
            assertThat(e).hasMessageContaining("HTTP 503 quorum_error: starting");
            assertThat(e.httpCode()).isEqualTo(503);
        }
        assertThat(cluster.calls()).hasSize(ROUNDS);
    }

    @Test
    void aDeadNodeMakesWayForTheNextWhichIsThenPreferred() throws Exception {
        try (QumuloClient client = client(token(TOKEN), deadEndpoint(), cluster.uri())) {
            assertThat(client.whoAmI().name()).isEqualTo("admin");
            assertThat(client.whoAmI().name()).isEqualTo("admin");
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void whenAllNodesAreDeadEachIsNamed() throws Exception {
        URI one = deadEndpoint();
        URI two = deadEndpoint();
        try (QumuloClient client = client(token(TOKEN), one, two)) {
            assertThatThrownBy(client::version)
                    .hasMessageContaining("cluster='" + one + "/': no connection")
                    .hasMessageContaining("cluster='" + two + "/': no connection")
                    .hasMessageContaining("port " + two.getPort() + " open?");
        }
        assertThat(pauses).hasSize(ROUNDS - 1);
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        cluster.faults().answerAlways(WHO_AM_I, Answer.empty(307).with("Location", cluster.uri() + VERSION));
        try (QumuloClient client = client(token(TOKEN))) {
            assertThatThrownBy(client::whoAmI).hasMessageContaining("HTTP 307: a redirect, which is not followed");
        }
        assertThat(cluster.calls()).hasSize(1);
    }

    @Test
    void aWebPageInsteadOfTheApiIsSaidSo() throws Exception {
        cluster.faults().answerAlways(VERSION, Answer.json(200, "<html>Welcome</html>"));
        try (QumuloClient client = client(token(TOKEN))) {
            assertThatThrownBy(client::version).hasMessageContaining("and no JSON with it; expected the REST API");
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() throws Exception {
        cluster.faults().answerAlways(VERSION, Answer.json(200, " ".repeat(2 << 20)));
        try (QumuloClient client = client(token(TOKEN))) {
            assertThatThrownBy(client::version).hasMessageContaining("longer than 1048576 bytes");
        }
    }

    @Test
    void aVersionWithoutNumbersIsQuoted() throws Exception {
        cluster.faults().answerAlways(VERSION, Answer.json(200, "{\"revision_id\":\"Qumulo Core dev\"}"));
        try (QumuloClient client = client(token(TOKEN))) {
            assertThatThrownBy(client::version).hasMessageContaining("revision_id='Qumulo Core dev'");
        }
    }

    @Test
    void theWebPortsPrefixIsKept() throws Exception {
        try (QumuloClient client = client(token(TOKEN), URI.create(cluster.uri() + "/api"))) {
            assertThat(client.whoAmI().name()).isEqualTo("admin");
        }
    }

    @Test
    void nothingPrintsASecret() throws Exception {
        Credentials credentials = password("s3cret");
        assertThat(access(credentials, cluster.uri()).toString())
                .contains("secret")
                .doesNotContain("s3cret");
        JsonNode login = JsonNodeFactory.instance.objectNode().put("password", "s3cret");
        assertThat(ApiRequest.of("POST", "/v1/session/login", Effect.READS, login))
                .hasToString("POST /v1/session/login");
    }

    private QumuloClient client(Credentials credentials) throws IOException {
        return client(credentials, cluster.uri());
    }

    private QumuloClient client(Credentials credentials, URI... endpoints) throws IOException {
        return new QumuloClient(access(credentials, endpoints), pauses::add, new Random(1));
    }

    private static ClusterAccess access(Credentials credentials, URI... endpoints) {
        return new ClusterAccess(List.of(endpoints), credentials, new Trust.SystemAuthorities());
    }

    private Credentials.TokenFile token(String content) throws IOException {
        return new Credentials.TokenFile(Files.writeString(directory.resolve("secret"), content));
    }

    private Credentials password(String content) throws IOException {
        return new Credentials.UserPassword("admin", Files.writeString(directory.resolve("secret"), content));
    }

    private static URI deadEndpoint() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
