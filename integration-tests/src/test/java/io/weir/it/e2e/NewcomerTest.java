package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does who has just cloned the repository. */
class NewcomerTest {
    @TempDir
    Path home;

    @Test
    void aZipIsQuarantinedThenTheRulesAreEditedAndCtrlCEndsIt() throws IOException {
        try (WeirProcess weir = WeirProcess.start(home, "up", "--json")) {
            weir.awaitReady();
            Files.writeString(home.resolve("inbox/something.zip"), "PK");

            JsonNode event =
                    weir.awaitLine("event", e -> e.path("path").asText().equals("/something.zip"));
            assertThat(event.path("volume").asText()).isEqualTo("inbox");
            assertThat(event.path("type").asText()).isEqualTo("created");
            JsonNode action =
                    weir.awaitLine("action", a -> a.path("path").asText().equals("/something.zip"));
            assertThat(action.path("action").asText()).isEqualTo("quarantine");
            assertThat(action.path("outcome").asText()).isEqualTo("done");
            assertThat(action.path("causationId").asText()).isNotEmpty();
            assertThat(action.path("rule").asText()).isNotEmpty();
            assertThat(home.resolve("inbox/something.zip")).doesNotExist();
            assertThat(home.resolve("inbox/.quarantine/something.zip")).hasContent("PK");
            weir.awaitLine("suppressed", s -> s.path("path").asText().equals("/.quarantine/something.zip"));

            Path rules = Files.writeString(
                    home.resolve("mine.yaml"),
                    """
                    rules:
                      - id: private-notes
                        on: [created, written]
                        when:
                          - extension: note
                        actions:
                          - chmod: { mode: "0600" }
                    """);
            WeirProcess apply = WeirProcess.run(home, "rules", "apply", "-f", rules.toString());
            assertThat(apply.awaitExit()).as(apply.transcript()).isZero();
            assertThat(WeirProcess.run(home, "rules", "list").out()).contains("private-notes");

            Path note = Files.writeString(home.resolve("inbox/a.note"), "hush");
            weir.awaitLine(
                    "action",
                    a -> a.path("rule").asText().equals("private-notes")
                            && a.path("outcome").asText().equals("done"));
            assertThat(Files.getPosixFilePermissions(note)).hasSize(2);

            Instant begin = Instant.now();
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
            assertThat(weir.transcript()).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    void rulesAreKeptAcrossARestartWithoutArguments() {
        Path data = home.resolve("data");
        try (WeirProcess weir = WeirProcess.start(home, "up", "--json", "--data", data.toString())) {
            weir.awaitReady();
            WeirProcess list = WeirProcess.run(home, "rules", "list", "--data", data.toString());
            assertThat(list.out()).contains("quarantine");
            String id = list.out()
                    .lines()
                    .filter(l -> l.contains("quarantine"))
                    .map(l -> l.substring(0, l.indexOf(' ')))
                    .findFirst()
                    .orElseThrow();
            WeirProcess delete = WeirProcess.run(home, "rules", "delete", id, "--data", data.toString());
            assertThat(delete.awaitExit()).as(delete.transcript()).isZero();
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
        try (WeirProcess weir = WeirProcess.start(home, "up", "--json", "--data", data.toString())) {
            weir.awaitReady();
            assertThat(WeirProcess.run(home, "rules", "list", "--data", data.toString())
                            .out())
                    .doesNotContain("quarantine");
            assertThat(weir.terminate()).as(weir.transcript()).isZero();
        }
    }
}
