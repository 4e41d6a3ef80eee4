package io.weir.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Directories four deep, all with the same number of files; those of 8 bytes each. */
final class LargeTree {
    private final Path top;
    private final int directories;
    private final int filesEach;

    LargeTree(Path top, int directories, int filesEach) {
        this.top = top;
        this.directories = directories;
        this.filesEach = filesEach;
    }

    void make() throws IOException {
        for (int i = 0; i < directories; i++) {
            Files.createDirectories(directory(i));
            for (int j = 0; j < filesEach; j++) {
                Files.writeString(file(i, j), "12345678");
            }
        }
    }

    private Path directory(int i) {
        return top.resolve("project-" + i % 40).resolve("module-" + i / 40 % 25).resolve("part-" + i);
    }

    private Path file(int i, int j) {
        return directory(i).resolve("document-" + j + ".dat");
    }

    /**
     * Changes so many files, in five ways in turns, each in a directory of its own.
     *
     * @return how many events of which type tell exactly that
     */
    Map<String, Integer> change(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            int at = (int) ((long) i * directories / count);
            Path file = file(at, 0);
            switch (i % 5) {
                case 0 -> Files.writeString(file.resolveSibling("new.dat"), "new");
                case 1 -> Files.delete(file);
                case 2 -> Files.writeString(file, "more", StandardOpenOption.APPEND);
                case 3 -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
                default -> Files.move(file, file.resolveSibling("renamed.dat"));
            }
        }
        int each = count / 5;
        return Map.of("created", each, "deleted", each, "written", 2 * each, "attributes-changed", each, "moved", each);
    }
}
