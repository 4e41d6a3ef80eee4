package io.weir.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option that says where a measurement makes its files. */
public final class WorkDirectory {
    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where to make a directory for files and data (default: ${DEFAULT-VALUE}).")
    private Path parent = Path.of(System.getProperty("java.io.tmpdir"));

    /** Makes a directory, which is deleted with all that is in it when it is closed. */
    public Made make() throws IOException {
        return new Made(Files.createTempDirectory(parent, "weir-bench").toRealPath());
    }

    /**
     * A directory for one measurement.
     *
     * @param path without links in it
     */
    public record Made(Path path) implements Closeable {
        @Override
        public void close() throws IOException {
            delete(path);
        }
    }

    /** Deletes a directory with all that is in it. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
