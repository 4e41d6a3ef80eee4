package io.weir.agent.inotify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A watched directory {@code in} (volume v), an unwatched {@code out} beside it, a data directory, a source, a recorder. */
final class Bench implements AutoCloseable {
    final Path in;
    final Path out;
    final Path marks;
    final Recorder recorder = new Recorder();
    private final Path data;
    private InotifySettings settings;
    private Kernel.Opener kernel = Kernel::open;
    private @Nullable InotifySource source;
    private int syncs;

    Bench(Path dir) throws IOException {
        in = Files.createDirectories(dir.resolve("in"));
        out = Files.createDirectories(dir.resolve("out"));
        data = Files.createDirectories(dir.resolve("data"));
        marks = data.resolve("marks/v");
        settings = InotifySettings.of(List.of(WatchRoot.ofVolume("v", in, true)))
                .withMarks(Map.of("v", marks))
                .withExcluded(Set.of(data));
    }

    Bench roots(WatchRoot... roots) {
        settings = new InotifySettings(
                List.of(roots),
                settings.marks(),
                settings.excluded(),
                settings.hidden(),
                settings.polling(),
                settings.readEvents(),
                settings.queueBytes(),
                settings.excludes());
        return this;
    }

    Bench settings(UnaryOperator<InotifySettings> change) {
        settings = change.apply(settings);
        return this;
    }

    Bench kernel(Kernel.Opener value) {
        kernel = value;
        return this;
    }

    /** Starts to watch and forgets what the first scan told. */
    Bench start() {
        startRemembering();
        recorder.clear();
        return this;
    }

    Bench startRemembering() {
        // on the processor's own thread, so that a recorder that is blocked holds it up
        InotifySource started = new InotifySource(settings, kernel, Runnable::run);
        source = started;
        started.start(recorder);
        return this;
    }

    InotifySource source() {
        return Objects.requireNonNull(source);
    }

    /** Waits until all that was done before has been told. */
    void sync() {
        String name = "sync-" + ++syncs;
        mark(name);
        awaitRestAfter(name);
    }

    void awaitRestAfter(String name) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(() -> recorder.isAtRestAfter(name));
    }

    void mark(String name) {
        try {
            Path temporary = Files.createFile(marks.resolve("." + name));
            Files.move(temporary, marks.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was told since the start, marks left out. */
    List<String> told() {
        sync();
        List<String> lines = new ArrayList<>(recorder.lines());
        lines.removeIf(l -> l.startsWith("mark "));
        return lines;
    }

    /** What was told of files and directories, without scans' begin and end. */
    List<String> toldOfFiles() {
        List<String> lines = told();
        lines.removeIf(l -> l.startsWith("scan"));
        return lines;
    }

    static void shell(Path directory, String script) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script)
                    .directory(directory.toFile())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("failed: " + script);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        recorder.block(false);
        if (source != null) {
            source.close();
        }
    }
}
