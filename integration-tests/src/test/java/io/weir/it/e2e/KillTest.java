package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of everything in the middle of the work. */
class KillTest {
    private static final int FILES = 1_000;

    @TempDir
    Path home;

    @Test
    void everyFileIsActedOnExactlyOnceThroughKillsAndNoneIsLost() throws IOException {
        Path inbox = Files.createDirectory(home.resolve("in"));
        Path rules = Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: take
                    on: [created, moved-in, written]
                    when:
                      - extension: dat
                    actions:
                      - quarantine: { to: /.taken }
                """);
        String[] up = {"up", "--json", "--watch", "in", "-r", "--rules", rules.toString()};
        Path taken = inbox.resolve(".taken");

        try (WeirProcess weir = WeirProcess.start(home, up)) {
            weir.awaitReady();
            drop(inbox, 0, FILES / 2);
            Awaitility.await().atMost(WeirProcess.PATIENCE).until(() -> count(taken) > 50);
            weir.kill();
        }
        drop(inbox, FILES / 2, FILES * 3 / 4);
        try (WeirProcess weir = WeirProcess.start(home, up)) {
            weir.awaitReady();
            drop(inbox, FILES * 3 / 4, FILES);
            weir.kill();
        }
        try (WeirProcess weir = WeirProcess.start(home, up)) {
            weir.awaitReady();
            Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(count(taken))
                    .as("files taken")
                    .isEqualTo(FILES));
            Map<String, Integer> done = ActionResults.doneByPath(home.resolve(".weir"), FILES);
            assertThat(done).hasSize(FILES);
            assertThat(done).as("acted on more than once").allSatisfy((path, times) -> assertThat(times)
                    .isOne());
            assertThat(names(inbox)).as("left in the inbox").isEmpty();
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
    }

    @Test
    void filesChangedWhileItWasDownArePickedUp() throws IOException {
        Path inbox = Files.createDirectory(home.resolve("in"));
        Path before = Files.writeString(inbox.resolve("before.txt"), "1");
        Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-r-----"));
        Path gone = Files.writeString(inbox.resolve("gone.txt"), "1");
        Path renamed = Files.writeString(inbox.resolve("old.txt"), "1");
        Path rules = Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: lock
                    on: [attributes-changed]
                    actions:
                      - chmod: { mode: "0640" }
                """);
        String[] up = {"up", "--json", "--watch", "in", "-r", "--rules", rules.toString()};
        try (WeirProcess weir = WeirProcess.start(home, up)) {
            weir.awaitReady();
            weir.kill();
        }
        Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.delete(gone);
        Files.move(renamed, inbox.resolve("new.txt"));
        Files.writeString(inbox.resolve("made.txt"), "1");
        try (WeirProcess weir = WeirProcess.start(home, up)) {
            weir.awaitReady();
            weir.awaitLine("event", e -> is(e, "deleted", "/gone.txt"));
            JsonNode moved = weir.awaitLine("event", e -> is(e, "moved", "/new.txt"));
            assertThat(moved.path("previousPath").asText()).isEqualTo("/old.txt");
            assertThat(moved.path("origin").asText()).isEqualTo("reconstructed");
            weir.awaitLine("event", e -> is(e, "created", "/made.txt"));
            weir.awaitLine(
                    "action",
                    a -> a.path("path").asText().equals("/before.txt")
                            && a.path("outcome").asText().equals("done"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(before)))
                    .isEqualTo("rw-r-----");
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
    }

    private static boolean is(JsonNode event, String type, String path) {
        return event.path("type").asText().equals(type)
                && event.path("path").asText().equals(path);
    }

    private static void drop(Path inbox, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            Files.writeString(inbox.resolve("f" + i + ".dat"), "content " + i);
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(p -> p.getFileName().toString())
                    .filter(n -> n.endsWith(".dat"))
                    .collect(java.util.stream.Collectors.toSet());
        }
    }

    private static int count(Path directory) throws IOException {
        return Files.isDirectory(directory) ? names(directory).size() : 0;
    }
}
