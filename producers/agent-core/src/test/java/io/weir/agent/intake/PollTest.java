package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Closing;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found where the stream does not tell what others change: another host, or directories without a watch. */
class PollTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void someFiles() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/a", 1);
        bench.files.drop("/d/b", 2);
        bench.start().drain().pass(1000).news();
    }

    /** Does what the stream will not tell. */
    private void elsewhere(Runnable change) {
        bench.files.watched(false);
        change.run();
        bench.files.watched(true);
    }

    private List<String> poll() {
        return bench.scan(ScanReason.POLL).pass(1000).news();
    }

    private Found found(String path) {
        return new Found(
                1,
                bench.files.place(path),
                bench.files.stat(bench.files.place(path)).orElseThrow(),
                ScanReason.POLL,
                Closing.BY_POLL);
    }

    @Test
    void nothingChangedIsNoNewsAndNoGap() {
        assertThat(poll()).isEmpty();
    }

    @Test
    void aFileThatIsStillBeingWrittenIsWrittenWhenAPollFindsItAtRest() {
        elsewhere(() -> bench.files.drop("/d/new", 3));
        assertThat(poll()).containsExactly("created /d/new?");
        elsewhere(() -> bench.files.write("/d/new", 5));
        assertThat(poll()).containsExactly("modified /d/new?");
        elsewhere(() -> bench.files.write("/d/new", 8));
        assertThat(poll()).containsExactly("modified /d/new?");
        assertThat(poll()).containsExactly("written /d/new?");
        assertThat(poll()).isEmpty();
    }

    @Test
    void aChangedFileIsModifiedAndThenWritten() {
        elsewhere(() -> bench.files.write("/d/a", 9));
        assertThat(poll()).containsExactly("modified /d/a?");
        assertThat(poll()).containsExactly("written /d/a?");
        assertThat(poll()).isEmpty();
    }

    @Test
    void placesAndAttributesAreToldAtOnce() {
        elsewhere(() -> {
            bench.files.move("/d/a", "/e");
            bench.files.chmod("/e", 0600);
            bench.files.delete("/d/b");
            bench.files.mkdir("/n");
        });
        assertThat(poll())
                .containsExactly("moved /d/a -> /e?", "attributes-changed /e?", "created /n?", "deleted /d/b?");
        assertThat(poll()).isEmpty();
    }

    @Test
    void aWrittenThatIsDueOutlivesTheProcess() {
        elsewhere(() -> bench.files.write("/d/a", 9));
        assertThat(poll()).containsExactly("modified /d/a?");
        bench.kill();
        bench.files.scan(ScanReason.START).forEach(o -> bench.take(polled(o)));
        assertThat(bench.pass(1000).news()).containsExactly("gap / agent-stopped over");
        assertThat(poll()).containsExactly("written /d/a?");
    }

    @Test
    void aWrittenThatIsDueIsToldAtTheNextStartIfNothingPollsAnyMore() {
        elsewhere(() -> bench.files.write("/d/a", 9));
        poll();
        bench.kill();
        assertThat(bench.start().pass(1000).news()).containsExactly("gap / agent-stopped over", "written /d/a?");
        assertThat(poll()).isEmpty();
    }

    private static Observation polled(Observation o) {
        return o instanceof Found f ? new Found(f.observedAt(), f.place(), f.stat(), f.reason(), Closing.BY_POLL) : o;
    }

    @Test
    void aFileWhoseDirectoryIsWatchedAtLastIsWrittenWhenItIsQuiet() {
        elsewhere(() -> bench.files.drop("/d/new", 3));
        assertThat(poll()).containsExactly("created /d/new?");
        bench.scan("/d", ScanReason.MOVED_IN_DIRECTORY);
        assertThat(bench.pass(1000).news()).containsExactly("written /d/new?");
        assertThat(poll()).isEmpty();
    }

    @Test
    void aFileThatMovesToWhereNothingPollsIsWrittenWhenItIsQuiet() {
        elsewhere(() -> bench.files.drop("/d/new", 3));
        assertThat(poll()).containsExactly("created /d/new?");
        bench.files.move("/d/new", "/moved");
        assertThat(bench.drain().pass(1000).news()).containsExactly("moved /d/new -> /moved", "written /moved?");
        assertThat(poll()).isEmpty();
    }

    @Test
    void whatAStopHidInAPolledTreeWaitsForPollsToo() {
        bench.files.create("/d/half");
        bench.files.write("/d/half", 5);
        bench.drain().news();
        bench.kill();
        bench.files.write("/d/b", 9);
        bench.files.drop("/d/new", 1);
        bench.files.scan(ScanReason.START).forEach(o -> bench.take(polled(o)));
        assertThat(bench.pass(1000).news())
                .containsExactly("gap / agent-stopped over", "modified /d/b?", "created /d/new?");
        assertThat(poll()).containsExactlyInAnyOrder("written /d/half?", "written /d/b?", "written /d/new?");
    }

    @Test
    void whoWritesHereIsToldByTheStreamAlone() {
        bench.files.write("/d/a", 9);
        bench.one();
        assertThat(bench.news()).containsExactly("modified /d/a");
        bench.files.write("/d/a", 12);
        bench.one();
        assertThat(bench.scan(ScanReason.POLL).news())
                .as("the run's last comes before")
                .containsExactly("modified /d/a");
        bench.files.close("/d/a");
        assertThat(bench.drain().news()).containsExactly("written /d/a");
        assertThat(poll()).isEmpty();
    }

    @Test
    void aLiveWriteTakesOverFromAPoll() {
        elsewhere(() -> bench.files.write("/d/a", 9));
        poll();
        bench.files.write("/d/a", 12);
        bench.drain();
        assertThat(poll()).containsExactly("modified /d/a");
        bench.files.close("/d/a");
        assertThat(bench.drain().news()).containsExactly("written /d/a");
        assertThat(poll()).isEmpty();
    }

    @Test
    void aWriteThatCouldOnlyBeReadUnderTheFilesNextNameIsNotFoundAgain() {
        bench.files.write("/d/a", 12);
        bench.files.close("/d/a");
        bench.files.move("/d/a", "/e");
        assertThat(bench.drain().news()).containsExactly("modified /d/a", "written /d/a", "moved /d/a -> /e");
        assertThat(poll()).isEmpty();
        bench.files.write("/e", 13);
        bench.files.close("/e");
        assertThat(bench.drain().news()).containsExactly("modified /e", "written /e");
    }

    @Test
    void aReadingOlderThanWhatTheStreamToldIsNotCompared() {
        bench.take(new ScanStarted(1, bench.files.place("/"), ScanReason.POLL));
        Found before = found("/d/a");
        bench.files.write("/d/a", 12);
        bench.files.close("/d/a");
        bench.drain();
        bench.take(before);
        bench.take(new ScanFinished(1, bench.files.place("/"), ScanReason.POLL, false));
        assertThat(bench.pass(1000).news()).containsExactly("modified /d/a", "written /d/a");
        assertThat(poll()).isEmpty();
    }

    @Test
    void whatAnActionDidThatNoStreamToldIsItsOwn() {
        String b = bench.files.stat(bench.files.place("/d/b")).orElseThrow().fileId();
        bench.take(new Observation.GapOpened(1, bench.files.place("/"), "watch-limit", "why"));
        bench.marks.begin("set", 1, "worker", new Effect.SetFields("/d/b", b, Map.of("mode", "0600"), false));
        elsewhere(() -> bench.files.chmod("/d/b", 0600));
        bench.news();
        assertThat(poll()).containsExactly("attributes-changed /d/b?*");
    }
}
