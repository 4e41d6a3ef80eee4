package io.weir.qumulo.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.qumulo.emulator.fault.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults by plan. */
class ScriptTest extends EmulatorTest {
    private final List<String> happened = new CopyOnWriteArrayList<>();

    private void run(String yaml) {
        cluster.run(Script.parse(yaml), happened::add);
    }

    @Test
    void aFaultComesRightAfterTheEventThatItWaitsFor() throws IOException {
        run("- {after: 3 events, fault: end}");
        try (Stream stream = client.watchAll()) {
            cluster.faults().silence(true);
            for (int i = 0; i < 5; i++) {
                tree.createFile("/in/" + i);
            }
            cluster.faults().silence(false);
            for (int i = 0; i < 3; i++) {
                assertThat(stream.events()).containsExactly("child_file_added in/" + i);
            }
            assertThat(stream.rest()).isEqualTo("\n");
        }
        assertThat(happened).containsExactly("end");
    }

    @Test
    void aFaultMayComeAgainAndAgain() throws IOException {
        run("- {every: 2 events, fault: overflow}\n- {after: 1 stream, set: {overflow-form: plain-line}}");
        for (int round = 0; round < 3; round++) {
            try (Stream stream = client.watchAll()) {
                tree.createFile("/in/a" + round);
                tree.createFile("/in/b" + round);
                stream.events();
                stream.events();
                assertThat(stream.rest()).contains("fs_watcher_missed_events_error");
            }
        }
    }

    @Test
    void requestsMayBeCountedToo() throws IOException {
        run("- {after: 1 request, fault: unavailable, times: 2}");
        assertThat(client.get("/v1/version").status()).isEqualTo(503);
        assertThat(client.get("/v1/version").status()).isEqualTo(503);
        assertThat(client.get("/v1/version").status()).isEqualTo(200);
    }

    @Test
    void timeMayBeWaitedFor() {
        run("- {after: 1ms, set: {clock-skew: -1h, page-limit: 7, crlf: true}}\n- {every: 1ms, fault: expire-tokens}");
        await().until(() -> happened.size() >= 3);
        assertThat(cluster.switches().pageLimit()).isEqualTo(7);
        assertThat(cluster.switches().lineEnd()).isEqualTo("\r\n");
    }

    @Test
    void aSecondScriptTakesThePlaceOfTheFirst() throws IOException {
        run("- {after: 1 request, fault: unavailable}");
        run("- {after: 2 requests, fault: unauthorized}");
        assertThat(client.get("/v1/version").status()).isEqualTo(200);
        assertThat(client.get("/v1/version").status()).isEqualTo(401);
    }

    @Test
    void mistakesAreToldByTheNumberOfTheStep(@TempDir Path directory) throws IOException {
        assertMistake(
                "- {after: 1 event, fault: reset}\n- {after: 1 event, fault: rest}", "step 2: unknown fault 'rest'");
        assertMistake("- {after: soon, fault: reset}", "step 1: 'soon': expected a count above 0");
        assertMistake("- {after: 1s, falt: reset}", "unknown key 'falt'");
        assertMistake("- {after: 1s, every: 2s, fault: reset}", "expected after or every");
        assertMistake("- {after: 1s, fault: unavailable, times: 0}", "times '0'");
        assertMistake("- {after: 1s, set: {kepalive: 1s}}", "unknown switch 'kepalive'");
        assertMistake("- {after: 1s, set: {keepalive: 1}}", "keepalive: '1': expected a time");
        assertMistake("- {after: 1s, set: {overflow-form: x}}", "expected one of next-request, error-line, plain-line");
        assertMistake("after: 1s", "expected a list of steps");
        assertMistake("- [", "not YAML");
        Path file = Files.writeString(directory.resolve("s.yaml"), "- x");
        assertThatThrownBy(() -> Script.read(file)).hasMessageStartingWith("script file='" + file + "': step 1: ");
    }

    private static void assertMistake(String yaml, String message) {
        assertThatThrownBy(() -> Script.parse(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
