package io.weir.cli.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandRun;
import io.weir.cli.StopRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QumuloEmulatorCommandTest {
    @TempDir
    private Path directory;

    private CommandRun stoppedAtOnce(String... arguments) {
        StopRequest stop = new StopRequest();
        stop.request();
        return CommandRun.with(
                new CommandContext(Map.of(), directory, CommandRun.installation(), () -> stop), arguments);
    }

    @Test
    void itTellsHowToReachIt() {
        CommandRun run = stoppedAtOnce("qumulo-emulator", "--port", "0", "--files", "10");
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("at http://127\\.0\\.0\\.1:\\d+; Ctrl\\+C stops")
                .contains("user 'admin', password 'ok'")
                .contains("/v1/files/%2F/notify?recursive=true");
    }

    @Test
    void itsCertificateIsWrittenForClients() {
        CommandRun run = stoppedAtOnce("qumulo-emulator", "--port", "0", "--tls", "--certificate", "node.pem");
        assertThat(run.out()).contains("at https://127.0.0.1:").contains("curl -kN");
        assertThat(directory.resolve("node.pem")).content().startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void itListensWhereItIsTold() {
        CommandRun run = stoppedAtOnce("qumulo-emulator", "--host", "127.0.0.2", "--port", "0", "--tls");
        assertThat(run.out()).contains("at https://127.0.0.2:");
        CommandRun elsewhere = stoppedAtOnce("qumulo-emulator", "--host", "192.0.2.1", "--port", "0");
        assertThat(elsewhere.code()).isEqualTo(1);
        assertThat(elsewhere.err()).contains("the emulator cannot listen: port=0 on 192.0.2.1: ");
    }

    @Test
    void aScriptIsCheckedBeforeAnythingStarts() throws IOException {
        Files.writeString(directory.resolve("faults.yaml"), "- {after: 1000 events, fault: resett}\n");
        CommandRun run = stoppedAtOnce("qumulo-emulator", "--port", "0", "--script", "faults.yaml");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("faults.yaml': step 1: unknown fault 'resett'; expected one of reset, end,");
        Files.writeString(directory.resolve("faults.yaml"), "- {after: 1000 events, fault: reset}\n");
        assertThat(stoppedAtOnce("qumulo-emulator", "--port", "0", "--script", "faults.yaml")
                        .code())
                .isZero();
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            CommandRun run = stoppedAtOnce("qumulo-emulator", "--port", port);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err())
                    .contains("the emulator cannot listen: port=" + port + " on 127.0.0.1")
                    .contains("try");
        }
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThat(stoppedAtOnce("qumulo-emulator", "--port", "70000").code()).isEqualTo(2);
        assertThat(stoppedAtOnce("qumulo-emulator", "--files", "-1").code()).isEqualTo(2);
        assertThat(stoppedAtOnce("qumulo-emulator", "--changes-per-second", "-1")
                        .err())
                .contains("expected 0 to 1000000");
        assertThat(stoppedAtOnce("qumulo-emulator", "--certificate", "x").err()).contains("expected --tls too");
    }
}
