package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loop through a third party: somebody undoes at once what a rule does. */
class BreakerTest {
    private static final int FIRINGS = 5;

    @TempDir
    Path home;

    @Test
    void aRuleThatIsUndoneEachTimeIsSuspendedForThatFileAloneUntilItIsReset() throws IOException {
        Path in = Files.createDirectory(home.resolve("in"));
        Path fought = Files.writeString(in.resolve("fought.csv"), "");
        Path other = Files.writeString(in.resolve("other.csv"), "");
        Path rules = Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: lock
                    on: attributes-changed
                    breaker: { firings: 5, within: 10m }
                    actions:
                      - chmod: { mode: "0640" }
                """);
        try (WeirProcess weir =
                WeirProcess.start(home, "up", "--json", "--watch", "in", "-r", "--rules", rules.toString())) {
            weir.awaitReady();

            undoUntilSuspended(weir, fought);

            awaitDone(weir, "/fought.csv", FIRINGS);
            assertThat(done(weir, "/fought.csv")).hasSize(FIRINGS);
            JsonNode alert = weir.awaitLine("alert", line -> true);
            assertThat(alert.path("firings").asInt()).isEqualTo(FIRINGS + 1);
            JsonNode evidence = alert.path("evidence");
            assertThat(evidence).hasSize(5);
            assertThat(evidence.get(3).path("actionIds").get(0).asText())
                    .isEqualTo(done(weir, "/fought.csv")
                            .get(FIRINGS - 1)
                            .path("actionId")
                            .asText());
            assertThat(WeirProcess.run(home, "rules", "list").out()).containsPattern("lock +enforce +tripped");

            open(other);
            awaitDone(weir, "/other.csv", 1);
            assertThat(mode(fought)).as("left as the other wants it").isEqualTo("rwxrwxrwx");

            WeirProcess reset = WeirProcess.run(home, "rules", "reset", "lock", "--path", "/fought.csv");
            assertThat(reset.out()).as(reset.err()).isEqualTo("rule/lock reset for in:/fought.csv");
            weir.awaitLine("rule", line -> line.path("status").asText().equals("reset"));
            Files.setPosixFilePermissions(fought, PosixFilePermissions.fromString("rwx------"));
            awaitDone(weir, "/fought.csv", FIRINGS + 1);
            assertThat(mode(fought)).isEqualTo("rw-r-----");
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
    }

    /** The cron job: whenever it finds the file locked, it opens it again. */
    private static void undoUntilSuspended(WeirProcess weir, Path file) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(WeirProcess.PATIENCE)
                .until(() -> {
                    if (!mode(file).equals("rwxrwxrwx")) {
                        open(file);
                    }
                    return weir.lines("rule").stream()
                            .anyMatch(line -> line.path("status").asText().equals("tripped")
                                    && line.path("path").asText().equals("/fought.csv"));
                });
    }

    private static void open(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitDone(WeirProcess weir, String path, int count) {
        Awaitility.await().atMost(WeirProcess.PATIENCE).untilAsserted(() -> assertThat(done(weir, path))
                .hasSizeGreaterThanOrEqualTo(count));
    }

    private static List<JsonNode> done(WeirProcess weir, String path) {
        return weir.lines("action").stream()
                .filter(line -> line.path("path").asText().equals(path)
                        && line.path("outcome").asText().equals("done"))
                .toList();
    }
}
