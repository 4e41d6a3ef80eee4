package io.weir.worker.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ActionResult;
import io.weir.worker.RemoteFailureException;
import io.weir.worker.run.Bench;
import io.weir.worker.settings.WorkerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mail server's refusals mean, from one that refuses at a given command. */
class MailFailureTest {
    @TempDir
    Path directory;

    private ServerSocket listening;
    private Bench bench;
    private volatile String refusedCommand = "";
    private volatile String refusal = "";

    @BeforeEach
    void open() throws Exception {
        listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "smtp");
        server.setDaemon(true);
        server.start();
        bench = new Bench(directory);
        bench.file("/a", "");
        bench.with(WorkerSettings.parse(
                "mail: {host: 127.0.0.1, tls: none, from: w@e.org, domains: e.org, timeout: 2s, port: "
                        + listening.getLocalPort() + "}",
                "w.yaml"));
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
        listening.close();
    }

    private void serve() {
        boolean open = true;
        while (open) {
            try (Socket socket = listening.accept()) {
                converse(socket);
            } catch (IOException e) {
                // The client hung up, or the test is over.
                open = !listening.isClosed();
            }
        }
    }

    private void converse(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        OutputStream out = socket.getOutputStream();
        say(out, "220 hello");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            data = false;
            if (!refusedCommand.isEmpty() && line.startsWith(refusedCommand)) {
                if (!refusal.isEmpty()) {
                    say(out, refusal);
                }
            } else if (line.equals("DATA")) {
                data = true;
                say(out, "354 go on");
            } else {
                say(out, line.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private ActionResult send() throws Exception {
        return bench.run("email", Map.of("to", List.of("a@e.org", "b@e.org")), "/a");
    }

    @ParameterizedTest
    @CsvSource({"MAIL,421 closing", "MAIL,451 later", "RCPT TO:<b,450 greylisted", "DATA,452 full", ".,451 later"})
    void aTemporaryRefusalIsTriedAgain(String command, String answer) throws Exception {
        refusedCommand = command;
        refusal = answer;
        assertThatThrownBy(this::send)
                .isInstanceOf(RemoteFailureException.class)
                .hasMessageContaining(answer);
        refusedCommand = "";
        assertThat(send().getOutcome()).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource({"MAIL,550 no", "RCPT TO:<b,550 no such user", "DATA,554 no", ".,552 too big"})
    void aPermanentRefusalIsNot(String command, String answer) throws Exception {
        refusedCommand = command;
        refusal = answer;
        ActionResult result = send();
        assertThat(result.getOutcome()).isEqualTo("failed");
        assertThat(result.getDetail()).contains(answer).startsWith("mail server '127.0.0.1:");
    }

    @Test
    void aServerThatHangsIsLeftAfterTheTimeout() {
        refusedCommand = "DATA";
        assertThatThrownBy(this::send).isInstanceOf(RemoteFailureException.class);
    }
}
