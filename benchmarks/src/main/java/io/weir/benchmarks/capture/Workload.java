package io.weir.benchmarks.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Does things to a directory, as fast as one thread can, and notes what it did. */
final class Workload {
    private static final byte[] CONTENT = "content\n".getBytes(StandardCharsets.US_ASCII);

    private final Path root;
    private final Random random;
    private final List<Operation> operations = new ArrayList<>();
    private final Set<String> existed = new HashSet<>();

    Workload(Path root, long seed) {
        this.root = root;
        this.random = new Random(seed);
        existed.add(root.toString());
    }

    List<Operation> operations() {
        return operations;
    }

    /** All paths that were ever there. */
    Set<String> existed() {
        return existed;
    }

    /** Files written into fresh nested directories; to be reported is each file's creation. */
    void storm(int files, int directories) throws IOException {
        List<Path> made = new ArrayList<>(List.of(root));
        for (int i = 0; i < files; i++) {
            if (made.size() <= directories) {
                Path parent = made.get(Math.max(0, made.size() - 1 - random.nextInt(Math.min(made.size(), 50))));
                Path directory = parent.getNameCount() - root.getNameCount() > 12 ? root : parent;
                made.add(Files.createDirectory(exist(directory.resolve("d" + i))));
            }
            write(Change.CREATED, made.get(made.size() - 1).resolve("f" + i));
        }
    }

    /** A tree for {@link #churn}, made before the tools look. */
    void prepare(int directories, int filesEach) throws IOException {
        for (int d = 0; d < directories; d++) {
            Path directory = Files.createDirectories(exist(root.resolve("t" + d)));
            Files.createDirectory(exist(directory.resolve("sub")));
            for (int f = 0; f < filesEach; f++) {
                Files.write(exist(directory.resolve("f" + f)), CONTENT);
            }
        }
    }

    /** Renames, changes of mode, rewrites and deletions of each file in turn; then moves of directories. */
    void churn(int directories, int filesEach) throws IOException {
        for (int f = 0; f < filesEach; f++) {
            for (int d = 0; d < directories; d++) {
                Path directory = root.resolve("t" + d);
                Path file = directory.resolve("f" + f);
                switch (f % 5) {
                    case 0 -> move(file, directory.resolve("renamed" + f));
                    case 1 ->
                        move(file, root.resolve("t" + (d + 1) % directories).resolve("from" + d + "-" + f));
                    case 2 -> {
                        did(Change.ATTRIBUTES, file);
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                    }
                    case 3 -> write(Change.WRITTEN, file);
                    default -> {
                        did(Change.DELETED, file);
                        Files.delete(file);
                    }
                }
            }
        }
        for (int d = 0; d < directories; d++) {
            Path moved = root.resolve("t" + (d + 7) % directories).resolve("sub-of-" + d);
            move(root.resolve("t" + d).resolve("sub"), moved);
            write(Change.CREATED, moved.resolve("made-after"));
        }
    }

    /** One file. */
    void single(int number) throws IOException {
        write(Change.CREATED, root.resolve("f" + number));
    }

    /** Notes a path that is there, or soon will be. */
    Path exist(Path path) {
        existed.add(path.toString());
        return path;
    }

    private void move(Path from, Path to) throws IOException {
        did(Change.MOVED_TO, to);
        Files.move(from, exist(to));
    }

    private void write(Change change, Path file) throws IOException {
        did(change, exist(file));
        Files.write(file, CONTENT);
    }

    private void did(Change change, Path path) {
        operations.add(new Operation(change, path.toString(), System.nanoTime()));
    }
}
