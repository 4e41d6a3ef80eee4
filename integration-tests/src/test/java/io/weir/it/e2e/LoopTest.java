package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that provoke themselves and each other act once for each change from outside, and again for the next one. */
class LoopTest {
    @TempDir
    Path home;

    @Test
    void chmodOnAttributesChangedAndRenameOnCreatedActOncePerForeignChange() throws IOException {
        Path in = Files.createDirectory(home.resolve("in"));
        Path outside = Files.createDirectory(home.resolve("outside"));
        Path rules = Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: lock
                    on: attributes-changed
                    actions:
                      - chmod: { mode: "0640" }
                  - id: mark
                    on: [moved-in, created]
                    actions:
                      - rename: { to: "{event.directory}/{event.stem}-x.{event.extension}" }
                """);
        try (WeirProcess weir =
                WeirProcess.start(home, "up", "--json", "--watch", "in", "-r", "--rules", rules.toString())) {
            weir.awaitReady();

            Files.writeString(in.resolve("a.txt"), "a");
            awaitActions(weir, "mark", 1);
            assertThat(in.resolve("a-x.txt")).exists();

            Path arriving = Files.writeString(outside.resolve("b.txt"), "b");
            Files.move(arriving, in.resolve("b.txt"));
            awaitActions(weir, "mark", 2);
            assertThat(in.resolve("b-x.txt")).exists();

            for (int round = 1; round <= 3; round++) {
                Files.setPosixFilePermissions(in.resolve("a-x.txt"), PosixFilePermissions.fromString("rwxrwxrwx"));
                awaitActions(weir, "lock", round);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in.resolve("a-x.txt"))))
                        .isEqualTo("rw-r-----");
            }
            awaitQuiet(weir, in);

            assertThat(done(weir, "mark")).hasSize(2);
            assertThat(done(weir, "lock")).hasSize(3);
            assertThat(weir.lines("suppressed")).isNotEmpty().allSatisfy(s -> assertThat(
                            s.path("causationEvidence").asText())
                    .isEqualTo("window"));
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
    }

    /** A last foreign change, whose action is the last: all that went before it in the queue has been judged by then. */
    private static void awaitQuiet(WeirProcess weir, Path in) throws IOException {
        Files.writeString(in.resolve("sentinel.end"), "");
        weir.awaitLine("suppressed", s -> s.path("path").asText().equals("/sentinel-x.end"));
    }

    private static void awaitActions(WeirProcess weir, String rule, int count) {
        org.awaitility.Awaitility.await()
                .atMost(WeirProcess.PATIENCE)
                .untilAsserted(() -> assertThat(done(weir, rule)).as(rule).hasSizeGreaterThanOrEqualTo(count));
    }

    private static List<JsonNode> done(WeirProcess weir, String rule) {
        return weir.lines("action").stream()
                .filter(a -> a.path("rule").asText().equals(rule)
                        && a.path("outcome").asText().equals("done")
                        && !a.path("path").asText().contains("sentinel"))
                .toList();
    }
}
