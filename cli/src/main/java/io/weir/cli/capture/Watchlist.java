package io.weir.cli.capture;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.posix.RealPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A file with paths to watch, one a line. */
final class Watchlist {
    private Watchlist() {}

    /**
     * Reads the paths: absolute and without links as far as that can be told. Lines that name nothing, or what may not be
     * read, are noted with file and number.
     *
     * @throws CommandException if the file cannot be read, or with all lines that cannot be paths
     */
    static List<Path> read(Path file, Path shown, CommandContext context, Consumer<String> notes) {
        List<Path> paths = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        int number = 0;
        for (String line : lines(file, shown)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String where = shown + ":" + number + ": path='" + text + "' ";
            try {
                Path path = RealPath.of(context.resolve(Path.of(text)));
                paths.add(path);
                obstacle(path).ifPresent(obstacle -> notes.accept(where + obstacle));
            } catch (InvalidPathException e) {
                faults.add(where + "is no path: " + e.getReason());
            }
        }
        if (!faults.isEmpty()) {
            throw new CommandException(String.join("\n", faults));
        }
        return paths;
    }

    /** Why it cannot be watched now. */
    private static Optional<String> obstacle(Path path) {
        Path directory = Files.isDirectory(path) ? path : WatchablePath.directoryOf(path);
        try {
            if (Files.isDirectory(directory) && !(Files.isReadable(directory) && Files.isExecutable(directory))) {
                return Optional.of(
                        "cannot be watched: no right to read '" + directory + "'; it is watched when that can be read");
            }
            path.getFileSystem().provider().checkAccess(path);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("is not there: " + Failures.describe(e) + "; it is watched when it appears");
        }
    }

    private static List<String> lines(Path file, Path shown) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandException("watch list='" + shown + "' cannot be read: " + Failures.describe(e), e);
        }
    }
}
