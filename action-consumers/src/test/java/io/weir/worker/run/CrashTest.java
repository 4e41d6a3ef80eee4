package io.weir.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.marks.Effect;
import io.weir.worker.UnableToWorkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link CrashContract} of a mounted volume, and what befalls marks on a host. */
class CrashTest extends CrashContract {
    @Override
    Premises premises(Path base) {
        return new HostPremises(base);
    }

    @Test
    void anAttemptThatFindsAllDoneDeclaresThatAndClosesTheAction() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        bench.killAt(Checkpoint.STEP_DONE, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        assertThat(bench.marks()).containsExactly(request.getId() + ".1.begin");

        bench.restart().run(request);

        var move = new Effect.Move("/a", "/b", bench.status("/b").fileId());
        assertThat(bench.marks())
                .containsExactly(
                        request.getId() + ".1.begin", request.getId() + ".2.begin", request.getId() + ".2.end");
        assertThat(bench.end(request.getId(), 2).done()).containsExactly(move);
    }

    @Test
    void whatSomebodyChangedAgainBeforeItsMarkIsNotSaidToHold() throws Exception {
        Path file = bench.file("/a", "");
        var request = bench.request("chmod", Map.of("mode", "0640"), bench.event("/a"));
        bench.killAt(Checkpoint.STEP_DONE, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);

        bench.restart();
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED) {
                setMode(file, "rw-------");
            }
        });
        bench.run(request);

        assertThat(bench.end(request.getId(), 2).done()).isEmpty();
    }

    private static void setMode(Path file, String mode) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDeadAttemptIsClosedEvenWhereNothingCanBeDoneAnyMore() throws Exception {
        Path file = bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        bench.killAt(Checkpoint.BEGIN_MARKED, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        Files.delete(file);

        var result = bench.restart().run(request);

        assertThat(result.getOutcome()).isEqualTo("not-the-same-file");
        assertThat(bench.end(request.getId(), 2).done()).isEmpty();
    }

    @Test
    void aQuarantineThatDiedTakesAnotherNumberIfItsNameWasTakenMeanwhile() throws Exception {
        bench.file("/a", "mine");
        var request = bench.request("quarantine", Map.of("to", "/q"), bench.event("/a"));
        bench.killAt(Checkpoint.STEP_DONE, 1);
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(Bench.Killed.class);
        bench.file("/q/a", "other");

        assertThat(bench.restart().run(request).getOutcome()).isEqualTo("done");

        assertThat(bench.root().resolve("q/a")).hasContent("other");
        assertThat(bench.root().resolve("q/a.1")).hasContent("mine");
    }

    @Test
    void beginMarkComesBeforeTheChangeAndEndMarkAfter() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        StringBuilder seen = new StringBuilder();
        bench.observe(checkpoint -> seen.append(checkpoint)
                .append(bench.exists("/a") ? " a" : " b")
                .append(bench.marks().stream()
                        .map(m -> m.substring(m.indexOf('.')))
                        .toList())
                .append('\n'));
        bench.run(request);
        assertThat(seen)
                .hasToString(
                        """
                PLANNED a[]
                LEDGER_BEGUN a[]
                BEGIN_MARKED a[.1.begin]
                STEP_DONE b[.1.begin]
                END_MARKED b[.1.begin, .1.end]
                LEDGER_FINISHED b[.1.begin, .1.end]
                """);
        var begin = bench.begin(request.getId(), 1);
        assertThat(begin.volume()).isEqualTo("vol");
        assertThat(begin.worker()).isEqualTo("w1");
        assertThat(begin.causation().causationId()).isEqualTo(request.getId());
        assertThat(begin.correlationId()).isEqualTo(Bench.CAUSE.correlationId());
        assertThat(begin.depth()).isEqualTo(1);
    }

    @Test
    void anEndMarkThatCouldNotBeWrittenIsWrittenLater() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        Path blocker = bench.hiddenMark(request.getId() + ".1.end");
        Files.createDirectories(blocker);
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(bench.runner().settle()).startsWith("1 end marks cannot be written");
        Files.delete(blocker);
        assertThat(bench.runner().settle()).isNull();
        assertThat(bench.end(request.getId(), 1).done()).hasSize(1);
    }

    @Test
    void anEndMarkStillOwedAtTheDeathIsWrittenByTheNextProcess() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        Path blocker = bench.hiddenMark(request.getId() + ".1.end");
        Files.createDirectories(blocker);
        bench.run(request);
        Files.delete(blocker);
        bench.restart();
        assertThat(bench.end(request.getId(), 1).done()).hasSize(1);
    }

    @Test
    void marksThatADeadProcessHadNotFinishedAreSweptAwayAtTheNextStart() throws Exception {
        Files.writeString(bench.hiddenMark("a.1.begin"), "{");
        Files.writeString(bench.hiddenMark("a.1.end"), "");
        List<String> others = List.of(".a.1.begin.w2", ".a.1.end", ".sync-1-1", "w1", "sync-1-1", "b.w1");
        for (String name : others) {
            Files.writeString(bench.mark(name), "");
        }
        bench.restart();
        assertThat(bench.marks()).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void aMarkThatWasNotFinishedIsNoMark() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        Files.writeString(bench.hiddenMark(request.getId() + ".1.begin"), "{");
        Files.writeString(bench.hiddenMark(request.getId() + ".1.end"), "{");
        assertThat(bench.run(request).getAttempt()).isEqualTo(1);
        assertThat(bench.marks()).containsExactly(request.getId() + ".1.begin", request.getId() + ".1.end");
    }

    @Test
    void aMarkThatPowerFailureTruncatedLeavesTheOutcomeUnknown() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        bench.run(request);
        Files.writeString(bench.mark(request.getId() + ".1.begin"), "");
        Files.writeString(bench.mark(request.getId() + ".1.end"), "");
        Files.writeString(bench.mark("other.1.begin"), "");
        Files.move(bench.root().resolve("b"), bench.root().resolve("a"));
        assertThat(bench.restartWithoutLedger().run(request).getAttempt()).isEqualTo(2);
        assertThat(bench.exists("/b")).isTrue();
    }

    @Test
    void withoutABeginMarkNothingIsTouched() throws Exception {
        bench.file("/a", "");
        var request = bench.request("rename", Map.of("to", "/b"), bench.event("/a"));
        Path blocker = bench.hiddenMark(request.getId() + ".1.begin");
        Files.createDirectories(blocker);
        assertThatThrownBy(() -> bench.run(request))
                .isInstanceOf(UnableToWorkException.class)
                .hasMessageContaining("no file is touched without it");
        assertThat(bench.exists("/a")).isTrue();
        Files.delete(blocker);
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
    }

    @Test
    void aFailedStepEndsItsAttemptAndTheNextOneGoesOn() throws Exception {
        bench.file("/a", "");
        var request = bench.request("quarantine", Map.of("to", "/q"), bench.event("/a"));
        bench.observe(checkpoint -> {
            if (checkpoint == Checkpoint.BEGIN_MARKED && !bench.exists("/q")) {
                blockWithFile(bench.root().resolve("q"));
            }
        });
        assertThatThrownBy(() -> bench.run(request)).hasMessageContaining("ENOTDIR");
        assertThat(bench.end(request.getId(), 1).done()).allMatch(Effect.Read.class::isInstance);
        Files.delete(bench.root().resolve("q"));
        bench.observe(Checkpoint.Observer.NONE);
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getAttempt()).isEqualTo(2);
    }

    private static void blockWithFile(Path path) {
        try {
            Files.writeString(path, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
