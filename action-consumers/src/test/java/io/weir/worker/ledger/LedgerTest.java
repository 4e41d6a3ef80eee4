package io.weir.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.posix.PathText;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");
    private static final String BAD_NAME = "/" + PathText.decode(new byte[] {(byte) 0xFF, '\n'});

    @TempDir
    Path directory;

    Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(directory.resolve("data/ledger.db"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void reopen() throws IOException {
        ledger.close();
        open();
    }

    private static BeginMark mark(int attempt) {
        return new BeginMark(
                "a1", attempt, "vol", "c", 1, "w", "/lock", List.of(new Effect.Move(BAD_NAME, "/to", "1:2")));
    }

    private static ActionResult result() {
        return ActionResult.newBuilder()
                .setActionId("a1")
                .setAttempt(2)
                .setOutcome("done")
                .setDetail("ü")
                .setRule("r")
                .setAction("chmod")
                .setVolume("vol")
                .setPath("/x")
                .setEventId("a:1:1")
                .setEffects(List.of(new AppliedEffect(
                        "set",
                        "/x\uFFFD",
                        "/y",
                        Map.of("mode", "0777"),
                        Map.of("mode", "0640"),
                        "8:1",
                        ByteBuffer.wrap(new byte[] {47, -1}),
                        ByteBuffer.wrap(new byte[] {47, -2}),
                        "backup")))
                .setWorker("w")
                .setStartedAt(NOW)
                .setFinishedAt(NOW.plus(1, ChronoUnit.MICROS))
                .build();
    }

    @Test
    void whatBeganIsKnownAfterARestartWithWhatItDeclared() throws IOException {
        assertThat(ledger.find("a1")).isEmpty();
        ledger.begin(mark(1), NOW);
        reopen();
        assertThat(ledger.find("a1")).contains(new LedgerEntry.Begun(mark(1), false));
        ledger.ended("a1");
        reopen();
        assertThat(ledger.find("a1")).contains(new LedgerEntry.Begun(mark(1), true));
        ledger.begin(mark(2), NOW);
        assertThat(ledger.find("a1")).contains(new LedgerEntry.Begun(mark(2), false));
    }

    @Test
    void aResultComesBackAsItWasAndIsReportedOnce() throws IOException {
        ledger.finish(result(), List.of(), NOW);
        reopen();
        assertThat(ledger.find("a1")).hasValueSatisfying(entry -> {
            assertThat(entry.attempt()).isEqualTo(2);
            var finished = (LedgerEntry.Finished) entry;
            assertThat(finished.result()).isEqualTo(result());
            assertThat(finished.reported()).isFalse();
        });
        ledger.reported(List.of("a1", "unknown"));
        reopen();
        assertThat(ledger.find("a1")).hasValueSatisfying(entry -> assertThat(((LedgerEntry.Finished) entry).reported())
                .isTrue());
    }

    @Test
    void movesAreFoundByTheirExactBytes() throws IOException {
        ledger.finish(result(), List.of(new Effect.Move(BAD_NAME, "/to" + BAD_NAME, "1:2")), NOW);
        reopen();
        assertThat(ledger.movedTo("vol", BAD_NAME, "1:2")).contains("/to" + BAD_NAME);
        assertThat(ledger.movedTo("vol", BAD_NAME, "1:3")).isEmpty();
        assertThat(ledger.movedTo("other", BAD_NAME, "1:2")).isEmpty();
        assertThat(ledger.movedTo("vol", PathText.display(BAD_NAME), "1:2")).isEmpty();
    }

    @Test
    void entriesAreForgottenADayAfterTheirRequestExpired() {
        ledger.finish(result(), List.of(new Effect.Move("/a", "/b", "1:2")), NOW);
        assertThat(ledger.prune(NOW.plus(Duration.ofHours(23)))).isZero();
        assertThat(ledger.prune(NOW.plus(Duration.ofHours(25)))).isOne();
        assertThat(ledger.find("a1")).isEmpty();
        assertThat(ledger.movedTo("vol", "/a", "1:2")).isEmpty();
    }

    @Test
    void aSecondWorkerOnTheSameLedgerIsRefused() {
        assertThatThrownBy(() -> Ledger.open(directory.resolve("data/ledger.db")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be opened")
                .hasMessageContaining("no other worker uses it");
    }

    @Test
    void aFileThatIsNoLedgerOrANewerOneIsRefusedByName() throws Exception {
        Path file = Files.writeString(directory.resolve("text"), "this is not a database, but long enough".repeat(20));
        assertThatThrownBy(() -> Ledger.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ledger file='" + file + "'")
                .hasMessageContaining("move it away");
        Path newer = directory.resolve("newer.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + newer);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> Ledger.open(newer)).hasMessageContaining("has version 99");
    }

    @Test
    void aLedgerThatCannotBeWrittenSaysSoAndLosesNothing() {
        ledger.close();
        assertThatThrownBy(() -> ledger.begin(mark(1), NOW))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot begin action 'a1'");
    }
}
