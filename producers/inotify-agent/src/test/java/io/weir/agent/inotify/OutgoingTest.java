package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Order;
import io.weir.posix.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutgoingTest {
    private final List<Observation> told = new ArrayList<>();
    private final Outgoing outgoing = new Outgoing(told::addAll);
    private final WatchTree tree = new WatchTree();

    @Test
    void aFileIsReadAfterWhatIsQueuedHasBeenTaken(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve("f"));
        RootNode root = tree.addRoot(WatchRoot.ofVolume("v", directory, true));
        outgoing.follow(() -> {
            write(directory.resolve("f"));
            return 9;
        });
        Order queued = new Order(4, 0);
        outgoing.change(new Change(1, "written", tree.place(root, "f"), null, false, null, queued), root, "f");
        outgoing.readFiles();
        outgoing.deliver(true);
        assertThat(told).singleElement().isInstanceOfSatisfying(Change.class, change -> {
            assertThat(change.order()).isEqualTo(new Order(4, 9));
            assertThat(change.stat()).isNotNull().satisfies(s -> assertThat(s.size())
                    .isEqualTo(3));
        });
    }

    /** A watched directory with a file, of which an event has told. */
    private DirectoryNode written(Path directory) throws Exception {
        Path d = Files.createDirectory(directory.resolve("d"));
        write(d.resolve("f"));
        DirectoryNode node = tree.add(tree.addRoot(WatchRoot.ofVolume("v", directory, true)), "d");
        node.know(FileStatus.lstat(d.toString()));
        outgoing.change(new Change(1, "written", tree.place(node, "f"), null, false, null), node, "f");
        return node;
    }

    @Test
    void aFileWhoseDirectoryMovedOnIsToldOnceItCanBeRead(@TempDir Path directory) throws Exception {
        DirectoryNode node = written(directory);
        Files.move(directory.resolve("d"), directory.resolve("e"));
        assertThat(outgoing.readAllFiles()).isFalse();
        outgoing.deliver(false);
        tree.relink(node, tree.roots().get(0), "e");
        outgoing.readAllFiles();
        outgoing.deliver(true);
        assertThat(Recorder.lines(told)).containsExactly("written /d/f", "found /e/f");
        assertThat(outgoing.readAllFiles()).isTrue();
    }

    @Test
    void ofAFileThatIsToldToHaveLeftNothingMoreIsTold(@TempDir Path directory) throws Exception {
        DirectoryNode node = written(directory);
        Files.delete(directory.resolve("d/f"));
        outgoing.leaves(node, "f");
        outgoing.gone(1, "deleted", tree.place(node, "f"), false);
        outgoing.readAllFiles();
        outgoing.deliver(false);
        write(directory.resolve("d/f"));
        assertThat(outgoing.readAllFiles()).isTrue();
        outgoing.deliver(true);
        assertThat(Recorder.lines(told)).containsExactly("written /d/f", "deleted /d/f");
    }

    @Test
    void whatIsGoneWhenAllHasBeenSeenIsNotLookedForAgain(@TempDir Path directory) throws Exception {
        written(directory);
        Files.delete(directory.resolve("d/f"));
        outgoing.readAllFiles();
        outgoing.deliver(true);
        outgoing.readAllFiles();
        outgoing.deliver(true);
        assertThat(outgoing.readAllFiles()).isTrue();
    }

    @Test
    void anotherDirectoryInThePlaceOfOneThatMovedOnIsNotReadForIt(@TempDir Path directory) throws Exception {
        Path d = Files.createDirectory(directory.resolve("d"));
        RootNode root = tree.addRoot(WatchRoot.ofVolume("v", directory, true));
        DirectoryNode node = tree.add(root, "d");
        node.know(FileStatus.lstat(d.toString()));
        outgoing.change(new Change(1, "moved", tree.place(node), tree.place(root, "x"), true, null), root, "d");
        outgoing.isAbout(node);
        Files.move(d, directory.resolve("e"));
        Files.createDirectory(d);
        assertThat(outgoing.readAllFiles()).isFalse();
        outgoing.deliver(true);
        assertThat(told).singleElement().isInstanceOfSatisfying(Change.class, c -> assertThat(c.stat())
                .isNull());
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "abc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
