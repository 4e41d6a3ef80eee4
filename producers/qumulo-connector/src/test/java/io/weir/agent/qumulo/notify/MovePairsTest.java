package io.weir.agent.qumulo.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MovePairsTest {
    private static final long PATIENCE = 100;

    private final MovePairs pairs = new MovePairs(PATIENCE, 5);
    private final List<String> told = new ArrayList<>();

    @Test
    void twoHalvesOfOneFileAreAMove() {
        add(0, from("in/a", "7"), to("done/a", "7"));
        assertThat(told).containsExactly("in/a -> done/a");
    }

    @Test
    void acrossArraysAndDirectories() {
        add(0, from("in/a", "7"));
        assertThat(told).isEmpty();
        add(50, to("done/b", "7"));
        assertThat(told).containsExactly("in/a -> done/b");
    }

    @Test
    void whatCameBehindTheFirstHalfIsToldBehindTheMove() {
        add(0, from("a", "7"), added("a", "8"));
        add(10, to("b", "7"), added("c", "9"));
        assertThat(told).containsExactly("a -> b", "added a", "added c");
    }

    @Test
    void whatTheMoveReplacedIsRemovedBeforeIt() {
        add(0, from("a", "7"), removed("b", "8"), to("b", "7"));
        assertThat(told).containsExactly("removed b", "a -> b");
    }

    @Test
    void aFileThatNeverArrivesHasLeftWhatIsWatched() {
        add(0, from("a", "7"), added("x", "8"));
        assertThat(pairs.nextDue()).isEqualTo(OptionalLong.of(PATIENCE));
        due(PATIENCE - 1);
        assertThat(told).isEmpty();
        due(PATIENCE);
        assertThat(told).containsExactly("from a", "added x");
        assertThat(pairs.nextDue()).isEmpty();
    }

    @Test
    void aFileThatCameFromElsewhere() {
        add(0, to("b", "7"));
        assertThat(told).containsExactly("to b");
    }

    @Test
    void thereAndBackAreTwoMoves() {
        add(0, from("a", "7"), to("b", "7"), from("b", "7"), to("a", "7"));
        assertThat(told).containsExactly("a -> b", "b -> a");
    }

    @Test
    void twoFilesChangePlacesInOneArray() {
        add(0, from("a", "7"), from("b", "8"), to("b", "7"), to("a", "8"));
        assertThat(told).containsExactly("a -> b", "b -> a");
    }

    @Test
    void aDirectoryIsNoFile() {
        add(0, event("child_dir_moved_from", "d", "7"), to("e", "7"));
        pairs.ended().forEach(this::tell);
        assertThat(told).containsExactly("from d", "to e");
    }

    @Test
    void withoutIdsNothingIsPaired() {
        add(0, new NotifyEvent("child_file_moved_from", "a", List.of(), null));
        add(1, new NotifyEvent("child_file_moved_to", "b", List.of(), null));
        due(PATIENCE);
        assertThat(told).containsExactly("from a", "to b");
    }

    @Test
    void noMoreThanABoundWaits() {
        add(0, from("a", "7"), added("1", "1"), added("2", "2"), added("3", "3"), added("4", "4"), added("5", "5"));
        assertThat(told).hasSize(6).startsWith("from a");
    }

    @Test
    void streamsMoveWithinTheirFile() {
        add(0, new NotifyEvent("child_stream_moved_from", "a", List.of("7"), "s"));
        assertThat(told).hasSize(1);
    }

    private void add(long now, NotifyEvent... events) {
        pairs.add(Arrays.asList(events), now).forEach(this::tell);
    }

    private void due(long now) {
        pairs.due(now).forEach(this::tell);
    }

    private void tell(Movement movement) {
        NotifyEvent event = movement.event();
        NotifyEvent from = movement.from();
        told.add(
                from != null
                        ? from.path() + " -> " + event.path()
                        : event.type().substring(event.type().lastIndexOf('_') + 1) + " " + event.path());
    }

    private static NotifyEvent event(String type, String path, String id) {
        return new NotifyEvent(type, path, List.of("2", id), null);
    }

    private static NotifyEvent from(String path, String id) {
        return event("child_file_moved_from", path, id);
    }

    private static NotifyEvent to(String path, String id) {
        return event("child_file_moved_to", path, id);
    }

    private static NotifyEvent added(String path, String id) {
        return event("child_file_added", path, id);
    }

    private static NotifyEvent removed(String path, String id) {
        return event("child_file_removed", path, id);
    }
}
