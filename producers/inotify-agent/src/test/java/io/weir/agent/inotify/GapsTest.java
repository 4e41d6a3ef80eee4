package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.ObservationSink;
import io.weir.posix.Inotify;
import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GapsTest {
    @TempDir
    Path dir;

    private Bench bench;

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(dir);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void await(String line) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bench.recorder.lines()).contains(line));
    }

    private void assertRebuilt() throws IOException {
        TreeModel model = TreeModel.of(bench.recorder.all());
        assertThat(TreeModel.differences(TreeModel.disk("v", bench.in, bench.source()), model.files()))
                .isEmpty();
    }

    private GapOpened gap() {
        return bench.recorder.all().stream()
                .filter(GapOpened.class::isInstance)
                .map(GapOpened.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOverflowIsAGapAndTheRepairFindsEverything() throws Exception {
        for (int i = 0; i < 9; i++) {
            Files.createDirectory(bench.in.resolve("d" + i));
        }
        bench.settings(s -> s.withQueueBytes(4096)).startRemembering();
        bench.recorder.block(true);
        Files.createFile(bench.in.resolve("first"));
        bench.recorder.awaitBlocking();
        for (int i = 0; i < 500; i++) {
            Path directory = Files.createDirectories(bench.in.resolve("d" + i % 9 + "/e" + i));
            Files.writeString(directory.resolve("f"), "x");
        }
        Files.move(bench.in.resolve("d1"), bench.in.resolve("d0/moved"));
        bench.recorder.block(false);
        await("gap-closed overflow /");
        bench.sync();
        assertThat(bench.recorder.lines())
                .containsSubsequence("gap overflow /", "scan REPAIR /", "scanned REPAIR /", "gap-closed overflow /");
        assertThat(gap().detail()).contains("more than 4096 bytes of events were waiting");
        assertThat(bench.source().figures().get("overflows")).isEqualTo(1);
        assertRebuilt();
        bench.recorder.clear();
        Files.writeString(bench.in.resolve("d0/moved/new"), "x");
        assertThat(bench.told())
                .containsExactly("created /d0/moved/new", "modified /d0/moved/new", "written /d0/moved/new");
    }

    @Test
    void anOverflowOfTheKernelsQueueIsAGapToo() throws Exception {
        long queue = Limits.maxQueuedEvents();
        bench.kernel(() -> new SleepyKernel(Kernel.open(), bench)).startRemembering();
        bench.recorder.block(true); // the kernel's reader waits as long
        for (int i = 0; i < queue / 2 + 10; i++) {
            Files.createFile(bench.in.resolve("f" + i));
        }
        bench.recorder.block(false);
        await("gap-closed overflow /");
        assertThat(gap().detail()).contains("fs.inotify.max_queued_events=" + queue);
        bench.sync();
        assertRebuilt();
    }

    @Test
    void whereWatchesRunOutTheMessageNamesLimitValueAndRemedy() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.createDirectory(bench.in.resolve("d" + i));
        }
        bench.kernel(() -> new LimitedKernel(Kernel.open(), 11)).startRemembering();
        assertThat(gap().reason()).isEqualTo("watch-limit");
        assertThat(gap().place().path()).isEqualTo("/");
        assertThat(gap().detail())
                .contains(
                        "11 of 21 directories are not watched; instead they are compared with what was known every 5 s")
                .contains(Limits.watchesLimit() + "=" + Limits.maxUserWatches())
                .contains("expected at least 21")
                .contains("sysctl -w " + Limits.watchesLimit() + "=" + Limits.enoughWatches(Limits.maxUserWatches()));
        assertThat(bench.recorder.lines()).contains("found /d0", "found /d19");
        Files.createFile(bench.in.resolve("f"));
        assertThat(bench.told()).contains("created /f");
    }

    @Test
    void aRootDeletedIsAGapUntilItIsMadeAgain() throws Exception {
        Files.writeString(bench.in.resolve("f"), "x");
        bench.start();
        Files.delete(bench.in.resolve("f"));
        Files.delete(bench.in);
        await("gap missing /");
        assertThat(bench.recorder.lines()).containsExactly("deleted /f", "deleted /", "gap missing /");
        Files.createDirectory(bench.in);
        Files.writeString(bench.in.resolve("g"), "x");
        await("gap-closed missing /");
        Files.writeString(bench.in.resolve("h"), "x");
        assertThat(bench.told()).contains("scan REPAIR /", "found /g", "scanned REPAIR /", "created /h");
    }

    @Test
    void aRootThatIsNotThereIsWatchedAsSoonAsItAppears() throws Exception {
        Files.delete(bench.in);
        bench.startRemembering();
        assertThat(bench.recorder.lines()).contains("gap missing /");
        assertThat(gap().detail()).contains("No such file or directory (ENOENT)");
        Files.createDirectory(bench.in);
        await("gap-closed missing /");
        Files.writeString(bench.in.resolve("h"), "x");
        assertThat(bench.told()).contains("created /h");
    }

    /** Root may read everything, so the processor's thread gives up that right (setfsuid(2) is about a thread). */
    @Test
    void anUnreadableDirectoryIsAGapUntilItCanBeRead() throws Exception {
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path secret = Files.createDirectory(bench.in.resolve("secret"));
        Files.writeString(secret.resolve("f"), "x");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        ObservationSink asNobody = batch -> {
            if (batch.stream().anyMatch(o -> o instanceof ScanStarted || o instanceof Observation.MarkSeen)) {
                Function.getFunction("c", "setfsuid").invokeInt(new Object[] {65534});
            }
            bench.recorder.accept(batch);
        };
        try (InotifySource source = unstarted()) {
            Files.move(secret, bench.out.resolve("secret"));
            source.start(asNobody);
            Files.move(bench.out.resolve("secret"), bench.in.resolve("secret"));
            await("gap unreadable /secret");
            assertThat(gap().detail()).contains("Permission denied (EACCES)", "let the agent's user read it");
            Files.setPosixFilePermissions(bench.in.resolve("secret"), PosixFilePermissions.fromString("rwxr-xr-x"));
            await("gap-closed unreadable /secret");
            assertThat(bench.recorder.lines()).contains("found /secret/f");
        }
    }

    private InotifySource unstarted() {
        InotifySettings settings = InotifySettings.of(List.of(WatchRoot.ofVolume("v", bench.in, true)));
        return new InotifySource(settings, Kernel::open, Runnable::run);
    }

    /** What the kernel queues when the file system is unmounted; here it stays, so it is mounted again at once. */
    @Test
    void anUnmountedRootIsAGapAndNothingIsDeleted() throws Exception {
        Files.writeString(Files.createDirectory(bench.in.resolve("d")).resolve("f"), "x");
        LyingKernel[] kernel = new LyingKernel[1];
        bench.kernel(() -> {
                    kernel[0] = new LyingKernel(Kernel.open());
                    return kernel[0];
                })
                .start();
        kernel[0].unmount(false);
        Files.createFile(bench.in.resolve("g"));
        await("gap-closed unmounted /");
        bench.sync();
        assertThat(bench.recorder.lines())
                .containsSubsequence("gap unmounted /", "scan REPAIR /", "found /d/f", "gap-closed unmounted /")
                .noneMatch(l -> l.startsWith("deleted"));
    }

    /** The kernel tells of each directory, in any order, and takes its time. */
    @Test
    void anUnmountedFileSystemIsOneGapHoweverManyDirectoriesItHas() throws Exception {
        Files.createDirectories(bench.in.resolve("d/e/f"));
        LyingKernel[] kernel = new LyingKernel[1];
        bench.kernel(() -> {
                    kernel[0] = new LyingKernel(Kernel.open());
                    return kernel[0];
                })
                .start();
        kernel[0].unmount(true);
        Files.createFile(bench.in.resolve("g"));
        await("gap-closed unmounted /");
        bench.sync();
        assertThat(bench.recorder.lines()).filteredOn(l -> l.startsWith("gap ")).containsExactly("gap unmounted /");
    }

    @Test
    void aDirectoryMountedTwiceIsToldOnce() throws Exception {
        Files.createDirectories(bench.in.resolve("d"));
        LyingKernel[] kernel = new LyingKernel[1];
        bench.kernel(() -> {
                    kernel[0] = new LyingKernel(Kernel.open());
                    return kernel[0];
                })
                .start();
        kernel[0].sameWatch = true;
        Files.createDirectory(bench.in.resolve("e"));
        await("gap bind-mount /e");
        assertThat(gap().detail()).contains("is also mounted at another watched path");
    }

    /** Makes up what needs mounting to be real. */
    private static final class LyingKernel extends PassingKernel {
        private final List<Integer> watches = new ArrayList<>();
        private boolean unmounts;
        private boolean lastAlone;
        volatile boolean sameWatch;

        LyingKernel(Kernel kernel) {
            super(kernel);
        }

        /** @param lastOnly of the last watch alone: all that could be read until then */
        synchronized void unmount(boolean lastOnly) {
            unmounts = true;
            lastAlone = lastOnly;
        }

        @Override
        public synchronized int add(String path, int mask) throws PosixException {
            if (sameWatch) {
                return watches.get(watches.size() - 1);
            }
            int watch = super.add(path, mask);
            watches.add(watch);
            return watch;
        }

        @Override
        public synchronized int read(NativeBuffer buffer) throws PosixException {
            int length = super.read(buffer);
            if (unmounts && length > 0) {
                unmounts = false;
                int first = lastAlone ? watches.size() - 1 : 0;
                for (int watch : watches.subList(first, watches.size())) {
                    for (int mask : new int[] {Inotify.IN_UNMOUNT, Inotify.IN_IGNORED}) {
                        buffer.bytes()
                                .putInt(length, watch)
                                .putInt(length + 4, mask)
                                .putLong(length + 8, 0);
                        length += Inotify.HEADER_BYTES;
                    }
                }
            }
            return length;
        }
    }

    /** Does not read while the recorder is blocked. */
    private static final class SleepyKernel extends PassingKernel {
        private final Bench bench;

        SleepyKernel(Kernel kernel, Bench bench) {
            super(kernel);
            this.bench = bench;
        }

        @Override
        public int read(NativeBuffer buffer) throws PosixException {
            bench.recorder.awaitUnblocked();
            return super.read(buffer);
        }
    }
}
