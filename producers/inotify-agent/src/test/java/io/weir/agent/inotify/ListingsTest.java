package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Inotify;
import io.weir.posix.Writers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListingsTest {
    private final Recorder recorder = new Recorder();
    private final Outgoing outgoing = new Outgoing(recorder);
    private final WatchTree tree = new WatchTree();
    private final RootNode root = tree.addRoot(WatchRoot.ofVolume("v", Path.of("/no/such"), true));
    private final Listings listings = new Listings(tree, outgoing, l -> {}, l -> {});
    private final TreeScan scan = new TreeScan(1, root, tree.place(root), ScanReason.CREATED_DIRECTORY, () -> {});

    private Listing listing(DirectoryNode node) {
        return listing(scan, node);
    }

    private Listing listing(TreeScan scan, DirectoryNode node) {
        Listing listing = new Listing(scan, node, "", 0);
        listing.verified = true;
        listings.add(listing);
        return listing;
    }

    private void found(Listing listing, String name, String kind) {
        FileStat stat = new FileStat("1:" + name, kind, 0, 0644, 0, 0, 1, 1, 1, 1);
        listings.found(listing, name, new Listing.Entry(stat));
    }

    private static RawEvent event(int mask, String name) {
        return new RawEvent(1, mask, 0, name, 1, 1);
    }

    @Test
    void anEventInADirectoryThatWaitsToBeToldTellsTheDirectoriesFirst() {
        found(listing(root), "d", "directory");
        DirectoryNode d = tree.add(root, "d");
        found(listing(d), "e", "directory");
        DirectoryNode e = tree.add(d, "e");
        found(listing(e), "f", "file");
        assertThat(listings.meet(e, event(Inotify.IN_CLOSE_WRITE, "f"))).isTrue();
        outgoing.deliver(true);
        assertThat(recorder.lines()).containsExactly("found /d", "found /d/e", "found /d/e/f");
    }

    @Test
    void whatAnEventSaysIsNewIsNotToldAsFound() {
        Listing listing = listing(root);
        found(listing, "created", "file");
        found(listing, "there", "file");
        listing.done = true;
        listing.position = 1;
        assertThat(listings.meet(root, event(Inotify.IN_CREATE, "created"))).isTrue();
        assertThat(listings.tellFirst(0)).isFalse();
        assertThat(listings.tellFirst(1)).isTrue();
        outgoing.deliver(true);
        assertThat(recorder.lines()).containsExactly("found /there");
        assertThat(listings.isEmpty()).isTrue();
    }

    @Test
    void whatIsFoundLaterInALargeDirectoryWaitsForLaterEvents() {
        Listing large = listing(root);
        found(large, "first", "file");
        listings.waitFor(1);
        listings.goesOn(large);
        found(large, "later", "file");
        assertThat(listings.tellFirst(1)).isFalse();
        assertThat(listings.needPosition()).isTrue();
        listings.waitFor(2);
        assertThat(listings.tellFirst(2)).isTrue();
        outgoing.deliver(true);
        assertThat(recorder.lines()).containsExactly("found /first", "found /later");
    }

    @Test
    void oneThatIsStillReadIsReadOnThoughLaterOnesAreFull() {
        Listing first = listing(root);
        DirectoryNode d = tree.add(root, "d");
        Listing later = listing(d);
        for (int i = 0; i < 3_000; i++) {
            found(later, "f" + i, "file");
        }
        assertThat(listings.isFull()).isFalse();
        found(first, "d", "directory");
        assertThat(listings.isFull()).isTrue();
    }

    @Test
    void anEventOfOurOwnOpeningIsNotTold() {
        Listing listing = listing(root);
        FileStat stat = new FileStat("1:f", "file", 0, 0644, 0, 0, 1, 1, 1, 1);
        Listing.Entry entry = new Listing.Entry(stat);
        entry.closed(Writers.Answer.NONE);
        listings.found(listing, "f", entry);
        assertThat(listings.meet(root, event(Inotify.IN_OPEN, "f"))).isFalse();
        assertThat(listings.meet(root, event(Inotify.IN_CLOSE_NOWRITE, "f"))).isFalse();
        assertThat(listings.meet(root, event(Inotify.IN_OPEN, "f"))).isTrue();
    }

    @Test
    void ofTwoPollsOfADirectoryOnlyTheSecondTells() {
        DirectoryNode d = tree.add(root, "d");
        TreeScan poll = new TreeScan(2, d, tree.place(d), ScanReason.POLL, () -> {});
        TreeScan another = new TreeScan(3, d, tree.place(d), ScanReason.POLL, () -> {});
        Listing first = listing(poll, d);
        found(first, "gone", "file");
        Listing second = listing(another, d);
        found(second, "there", "file");
        second.done = true;
        second.position = 1;
        assertThat(listings.tellFirst(0)).isTrue();
        assertThat(listings.tellFirst(1)).isTrue();
        outgoing.deliver(true);
        assertThat(recorder.lines()).containsExactly("found /d/there");
        assertThat(listings.isEmpty()).isTrue();
    }

    @Test
    void whatIsFoundInADirectoryThatHasNoPlaceIsNotTold() {
        DirectoryNode d = tree.add(root, "d");
        Listing listing = listing(d);
        found(listing, "f", "file");
        listing.done = true;
        listing.position = 1;
        listings.heed(new Listings.Displacements() {
            @Override
            public boolean isDisplaced(DirectoryNode node) {
                return node == d;
            }

            @Override
            public void giveUp() {
                listing.dropped = true;
            }
        });
        assertThat(listings.tellFirst(1)).isTrue();
        outgoing.deliver(true);
        assertThat(recorder.lines()).isEmpty();
        assertThat(listings.isEmpty()).isTrue();
    }

    @Test
    void aFileThatLeavesIsToldFirstUnlessAnotherWasFoundInItsPlace() {
        Listing listing = listing(root);
        found(listing, "f", "file");
        found(listing, "came-since", "file");
        assertThat(listings.meet(root, event(Inotify.IN_MOVED_FROM, "f"))).isTrue();
        assertThat(listings.meet(root, event(Inotify.IN_MOVED_FROM | Inotify.IN_ISDIR, "came-since")))
                .isTrue();
        outgoing.deliver(true);
        assertThat(recorder.lines()).containsExactly("found /f");
        assertThat(recorder.all()).allMatch(o -> o instanceof Observation.Found f && f.leaving());
    }
}
