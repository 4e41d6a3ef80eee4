package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OwnOutputTest {
    @TempDir
    Path dir;

    private final Recorder recorder = new Recorder();
    private volatile Path output;

    @BeforeEach
    void real() throws Exception {
        dir = dir.toRealPath();
        output = Files.createFile(dir.resolve("here.log"));
    }

    private InotifySource source() {
        InotifySettings settings = InotifySettings.of(List.of(WatchRoot.ofVolume("v", dir, true)));
        Roots roots = Roots.of(settings, () -> Set.of(output.toString()));
        InotifySource source = new InotifySource(roots, settings, Kernel::open, Runnable::run);
        source.start(recorder);
        return source;
    }

    /** As a program that has it open; the kernel then knows it by its new name at once, not after the source has asked. */
    private void rename(Path to) throws Exception {
        Path from = output;
        output = to;
        Files.move(from, to);
    }

    private void print() throws Exception {
        Files.writeString(output, "line\n", StandardOpenOption.APPEND);
    }

    private void await(String line) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(recorder.lines())
                .contains(line));
    }

    @Test
    void whatThisProcessPrintsIsNotTold() throws Exception {
        try (InotifySource source = source()) {
            print();
            Files.createFile(dir.resolve("other"));
            await("written /other");
            assertThat(source.failure()).isEmpty();
        }
        assertThat(recorder.lines()).noneMatch(l -> l.contains("here.log"));
    }

    @Test
    void norAfterALogWasRotated() throws Exception {
        try (InotifySource source = source()) {
            rename(dir.resolve("here.log.1"));
            print();
            Files.writeString(dir.resolve("here.log"), "another program's");
            await("written /here.log");
            print();
            Files.createFile(dir.resolve("other"));
            await("written /other");
            assertThat(source.failure()).isEmpty();
        }
        assertThat(recorder.lines()).noneMatch(l -> l.contains("here.log.1"));
    }

    @Test
    void theKernelTellsWhereOutputGoesNow() throws Exception {
        Path moved = dir.resolve("moved.log");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        output.toString(),
                        moved.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(child.waitFor()).isZero();
        assertThat(Files.readAllLines(moved)).containsExactly("[" + output + "]", "[" + moved + "]");
    }

    /** Prints where its output goes, before and after that is renamed. */
    static final class Child {
        public static void main(String[] arguments) throws Exception {
            System.out.println(OwnOutput.paths());
            Files.move(Path.of(arguments[0]), Path.of(arguments[1]));
            System.out.println(OwnOutput.paths());
        }
    }
}
