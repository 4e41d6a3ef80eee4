package io.weir.agent.inotify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;

/** Operations at random below some directories. */
final class RandomOperations {
    private static final int NAMES = 6;
    private final Random random;
    private final List<Path> tops;

    RandomOperations(Random random, List<Path> tops) {
        this.random = random;
        this.tops = tops;
    }

    void run(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try {
                one();
            } catch (FileSystemException | UncheckedIOException e) {
                // the other thread was here, or what is asked cannot be done
            }
        }
    }

    private Path any() {
        Path path = tops.get(random.nextInt(tops.size()));
        for (int depth = random.nextInt(4); depth >= 0; depth--) {
            path = path.resolve((depth == 0 && random.nextBoolean() ? "f" : "d") + random.nextInt(NAMES));
        }
        return path;
    }

    private void one() throws IOException {
        Path path = any();
        switch (random.nextInt(14)) {
            case 0 -> Files.createDirectory(path);
            case 1, 2 -> {
                Files.createDirectories(path.getParent());
                Files.writeString(path, "x".repeat(random.nextInt(20)));
            }
            case 3 -> Files.writeString(path, "y", StandardOpenOption.APPEND);
            case 4 ->
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(random.nextBoolean() ? "rwxr-x---" : "rwxrwxrwx"));
            case 5 -> Files.delete(path);
            case 6 -> deleteTree(path);
            case 7 -> Files.createDirectories(path);
            case 8, 9, 10 -> path.toFile().renameTo(any().toFile());
            case 11 -> { // into a directory that was only just made
                Path target = any();
                Files.createDirectories(target);
                path.toFile()
                        .renameTo(
                                target.resolve("moved" + random.nextInt(NAMES)).toFile());
            }
            case 12 -> { // replaced, as editors do
                Path temporary = path.resolveSibling("tmp");
                Files.writeString(temporary, "z".repeat(random.nextInt(30)));
                temporary.toFile().renameTo(path.toFile());
            }
            default -> Files.createSymbolicLink(path, Path.of("nowhere"));
        }
    }

    private static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            NewDirectoriesTest.deleteTree(path);
        }
    }
}
