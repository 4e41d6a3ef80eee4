package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets a message that says what to do, exit code 1, no stack trace. */
class BadInputTest {
    @TempDir
    Path home;

    @Test
    void aDirectoryThatDoesNotExist() {
        WeirProcess weir = WeirProcess.run(home, "up", "--watch", "nowhere");
        assertThat(failed(weir)).contains("nowhere").contains("no such file or directory");
    }

    @Test
    void allFaultsOfARulesFileAtOnceWithTheirPlaces() throws IOException {
        Path rules = Files.writeString(
                home.resolve("bad.yaml"),
                """
                rules:
                  - id: one
                    on: [creatd]
                    actions:
                      - quarantin: { to: /.quarantine }
                  - id: one
                    on: created
                    when:
                      - extention: zip
                    actions:
                      - chmod: { mod: "0640" }
                """);
        WeirProcess weir = WeirProcess.run(home, "up", "--rules", rules.toString());
        assertThat(failed(weir))
                .contains("bad.yaml:3:")
                .contains("created")
                .contains("bad.yaml:5:")
                .contains("quarantine")
                .contains("bad.yaml:6:")
                .contains("bad.yaml:9:")
                .contains("extension")
                .contains("bad.yaml:11:");
        WeirProcess check = WeirProcess.run(home, "rules", "check", "-f", rules.toString());
        assertThat(failed(check)).contains("bad.yaml:3:").contains("bad.yaml:11:");
    }

    @Test
    void yamlThatIsNone() throws IOException {
        Path rules = Files.writeString(home.resolve("broken.yaml"), "rules:\n  - id: [\n");
        assertThat(failed(WeirProcess.run(home, "rules", "check", "-f", rules.toString())))
                .contains("broken.yaml:");
    }

    @Test
    void aRulesFileThatIsNotThere() {
        assertThat(failed(WeirProcess.run(home, "up", "--rules", "none.yaml"))).contains("none.yaml");
    }

    @Test
    void aRegistryThatIsAway() {
        WeirProcess weir = WeirProcess.run(
                home,
                "topics",
                "create",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--schema-registry",
                "http://127.0.0.1:1");
        assertThat(failed(weir)).contains("127.0.0.1:1");
    }

    @Test
    void noInstanceToTalkTo() {
        WeirProcess weir = WeirProcess.run(home, "rules", "list");
        assertThat(failed(weir)).contains("weir up");
    }

    @Test
    void takenPortsAreNoReasonToFailAndALockedDataDirectoryIs() throws IOException {
        try (ServerSocket taken = occupy(9092);
                ServerSocket taken2 = occupy(8081);
                WeirProcess first = WeirProcess.start(home, "up", "--json")) {
            first.awaitReady();
            WeirProcess second = WeirProcess.run(home, "up", "--json");
            assertThat(failed(second)).contains(Long.toString(first.pid()));
            assertThat(first.terminate()).as(first.transcript()).isZero();
            assertThat(taken.isClosed() || taken2.isClosed()).isFalse();
        }
    }

    private static ServerSocket occupy(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); // taken already: just as well
        }
    }

    private static String failed(WeirProcess weir) {
        assertThat(weir.awaitExit()).as(weir.transcript()).isEqualTo(1);
        assertThat(weir.transcript()).doesNotContain("\tat ", "Exception in thread");
        return weir.err();
    }
}
