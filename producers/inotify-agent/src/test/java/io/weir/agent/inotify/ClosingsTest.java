package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.posix.FileStatus;
import io.weir.posix.Inotify;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingsTest {
    private static final long LATER = 2_000_000_000L;

    @TempDir
    Path dir;

    private final Recorder recorder = new Recorder();
    private final Outgoing outgoing = new Outgoing(recorder);
    private final WatchTree tree = new WatchTree();
    private final Closings closings = new Closings(tree, outgoing);
    private RootNode root = tree.addRoot(WatchRoot.ofVolume("v", Path.of("/no/such"), true));

    @BeforeEach
    void watch() throws Exception {
        root = tree.addRoot(WatchRoot.ofVolume("v", dir.toRealPath(), true));
    }

    private void expect(Path file) throws Exception {
        closings.expect(root, file.getFileName().toString(), Stats.of(FileStatus.lstat(file.toString())));
    }

    private void ask(long position) {
        closings.tick(System.nanoTime() + LATER, () -> position);
    }

    private List<String> told() {
        outgoing.deliver(true);
        return recorder.lines();
    }

    @Test
    void whatWasBeingClosedWhenItWasFoundIsToldAMomentLater() throws Exception {
        expect(Files.writeString(dir.toRealPath().resolve("f"), "x"));
        closings.tick(System.nanoTime(), () -> 7);
        closings.tell(7);
        assertThat(told()).isEmpty();
        ask(7);
        closings.tell(6); // events of before are still to be handled
        assertThat(told()).isEmpty();
        closings.tell(7);
        closings.tell(7);
        assertThat(told()).containsExactly("written /f");
    }

    @Test
    void ofWhatIsStillOpenTheStreamTells() throws Exception {
        Path file = dir.toRealPath().resolve("f");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(1);
            expect(file);
            ask(1);
            closings.tell(1);
            assertThat(told()).isEmpty();
        }
    }

    @Test
    void whatTheStreamHasToldIsNotToldAgain() throws Exception {
        expect(Files.writeString(dir.toRealPath().resolve("f"), "x"));
        closings.told(root, "f");
        ask(1);
        closings.tell(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void anotherFileOfTheNameIsNotTold() throws Exception {
        Path file = Files.writeString(dir.toRealPath().resolve("f"), "x");
        expect(file);
        Files.writeString(dir.resolve("other"), "y");
        Files.move(dir.resolve("other"), file, StandardCopyOption.REPLACE_EXISTING);
        ask(1);
        closings.tell(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void theEventsOfItsOwnAskingAreKnownOnce() throws Exception {
        expect(Files.writeString(dir.toRealPath().resolve("f"), "x"));
        ask(1);
        for (int mask : new int[] {Inotify.IN_OPEN, Inotify.IN_CLOSE_NOWRITE}) {
            assertThat(closings.isOwn(root, new RawEvent(1, mask, 0, "f", 1, 1)))
                    .isTrue();
            assertThat(closings.isOwn(root, new RawEvent(1, mask, 0, "f", 1, 1)))
                    .isFalse();
        }
    }
}
