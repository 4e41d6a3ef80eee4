package io.weir.agent.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.baseline.MemoryBaseline;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.topic.Causation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which action explains that a file comes or moves, of several that declare it, and how often. */
class DeclaredPlacesTest {
    private static final String FILE = "8:7";

    /** Marks on disk, in the order in which the directory has them. */
    private final List<BeginMark> disk = new ArrayList<>();

    private final CausationJudge judge = new CausationJudge(
            (volume, known) -> List.copyOf(disk),
            new MemorySeenEffects(),
            glob -> path -> path.equals(glob),
            KnownFiles.of(new MemoryBaseline()));

    private static BeginMark mark(String action, Effect... effects) {
        return new BeginMark(action, 1, "vol", "correlation", 1, "w", "w", List.of(effects));
    }

    private static Effect move(String from, String to) {
        return new Effect.Move(from, to, FILE);
    }

    private static Place at(String path) {
        return new Place("vol", path);
    }

    private static Subject fileAt(String path) {
        return new Subject(at(path), 0, FILE);
    }

    private static Optional<String> action(Optional<Causation> cause) {
        return cause.map(Causation::causationId);
    }

    @Test
    void whatAScanRevealedIsOwnWhenItsEventComesAndThenNoMore() {
        judge.windows().begin(mark("act", move("/a", "/b")));
        assertThat(judge.explainMove(at("/a"), fileAt("/b"))).isPresent();
        assertThat(judge.explainMove(at("/a"), fileAt("/b")))
                .as("revealed again")
                .isEmpty();
        assertThat(judge.ownMove(at("/a"), fileAt("/b"))).as("its event").isPresent();
        assertThat(judge.ownMove(at("/a"), fileAt("/b"))).as("another").isEmpty();
    }

    @Test
    void whatTheStreamToldNoScanReveals() {
        judge.windows().begin(mark("act", move("/a", "/b")));
        assertThat(judge.ownMove(at("/a"), fileAt("/b"))).isPresent();
        assertThat(judge.explainMove(at("/a"), fileAt("/b"))).isEmpty();
    }

    @Test
    void ofTwoThatMakeTheSameTheOneThatHasBegunExplainsBeforeTheOneOnDisk() {
        BeginMark first = mark("first", new Effect.Create("/made", false));
        disk.add(mark("second", new Effect.Create("/made", false)));
        disk.add(first);
        assertThat(judge.explainMove(at("/x"), fileAt("/y"))).as("reads both").isEmpty();
        judge.windows().begin(first);
        assertThat(action(judge.explainArrival(fileAt("/made")))).contains("first");
        assertThat(action(judge.explainArrival(fileAt("/made")))).contains("second");
    }

    @Test
    void aWayIsFoundWhateverTheOrderOfTheMarksOnDisk() {
        disk.add(mark("second", move("/b", "/c")));
        disk.add(mark("first", move("/a", "/b")));
        assertThat(judge.destinations(at("/a"), fileAt("/a"))).containsExactly(at("/b"), at("/c"));
        assertThat(action(judge.explainMove(at("/a"), fileAt("/c")))).contains("second");
    }

    @Test
    void theEventsOfAllMovesOfAWayThatWasToldAsAWholeAreOwn() {
        judge.windows().begin(mark("one", move("/a", "/b")));
        judge.windows().begin(mark("two", move("/b", "/a")));
        judge.windows().begin(mark("three", move("/a", "/b")));
        judge.windows().begin(mark("four", move("/b", "/c")));
        assertThat(action(judge.explainMove(at("/a"), fileAt("/c")))).contains("four");
        assertThat(judge.destinations(at("/a"), fileAt("/a")))
                .as("all are told")
                .isEmpty();
        assertThat(action(judge.ownMove(at("/a"), fileAt("/b")))).contains("one");
        assertThat(action(judge.ownMove(at("/b"), fileAt("/a")))).contains("two");
        assertThat(action(judge.ownMove(at("/a"), fileAt("/b")))).contains("three");
        assertThat(action(judge.ownMove(at("/b"), fileAt("/c")))).contains("four");
    }

    @Test
    void aMoveThatItsAttemptSaysItDidNotMakeLeadsNowhere() {
        judge.windows().begin(mark("act", move("/a", "/b")));
        judge.windows().end("act", 1, List.of());
        assertThat(judge.destinations(at("/a"), fileAt("/a"))).isEmpty();
    }
}
