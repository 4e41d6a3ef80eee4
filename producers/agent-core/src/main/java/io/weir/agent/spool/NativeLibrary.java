package io.weir.agent.spool;

import io.weir.agent.baseline.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library. The driver extracts it into the directory for temporary files, where a killed process
 * leaves it for ever, and which may be mounted without the right to execute; so it is extracted into a directory of ours,
 * which is removed as soon as the library is mapped.
 */
final class NativeLibrary {
    private static final String DIRECTORY = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    static void load(Optional<Path> parent) {
        try {
            Path directory = parent.isPresent()
                    ? Files.createTempDirectory(parent.get(), ".native-")
                    : Files.createTempDirectory("weir-native-");
            try {
                System.setProperty(DIRECTORY, directory.toString());
                SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(DIRECTORY);
                remove(directory);
                if (parent.isPresent()) {
                    removeLeftOver(parent.get());
                }
            }
        } catch (Exception e) {
            throw new StoreException("agent store: SQLite's native library cannot be loaded: " + e, e);
        }
    }

    private static void removeLeftOver(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            for (Path left : list(entries)) {
                if (left.getFileName().toString().startsWith(".native-")) {
                    remove(left);
                }
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : list(files)) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }

    private static List<Path> list(Stream<Path> paths) {
        return paths.toList();
    }
}
