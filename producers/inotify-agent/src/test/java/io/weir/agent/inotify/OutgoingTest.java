package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Order;
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
        outgoing.deliver();
        assertThat(told).singleElement().isInstanceOfSatisfying(Change.class, change -> {
            assertThat(change.order()).isEqualTo(new Order(4, 9));
            assertThat(change.stat()).isNotNull().satisfies(s -> assertThat(s.size())
                    .isEqualTo(3));
        });
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "abc");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
