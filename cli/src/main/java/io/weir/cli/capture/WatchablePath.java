package io.weir.cli.capture;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks that a directory or a single file can be watched. */
final class WatchablePath {
    private WatchablePath() {}

    /**
     * The real path of a directory that can be read, or of another file in such a one.
     *
     * @throws CommandException if it is neither
     */
    static Path resolve(String text, CommandContext context) {
        try {
            Path path = context.resolve(Path.of(text)).toRealPath();
            WatchableDirectory.requireReadable(Files.isDirectory(path) ? path : directoryOf(path), text);
            return path;
        } catch (IOException | InvalidPathException e) {
            throw new CommandException(
                    "path='" + text + "' cannot be watched: " + Failures.describe(e)
                            + "; expected a directory, or a file in one",
                    e);
        }
    }

    static Path directoryOf(Path file) {
        Path directory = file.getParent();
        return directory == null ? file : directory;
    }
}
