package io.weir.cli.capture;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Checks that something can be watched. */
public final class WatchableDirectory {
    private WatchableDirectory() {}

    /**
     * The real path of a directory that exists and can be read.
     *
     * @throws CommandException if it is not that
     */
    public static Path resolve(String text, CommandContext context) {
        try {
            Path path = context.resolve(Path.of(text)).toRealPath();
            if (!Files.isDirectory(path)) {
                throw new CommandException("'" + text + "' is not a directory; expected one to watch");
            }
            requireReadable(path, text);
            return path;
        } catch (IOException | InvalidPathException e) {
            throw new CommandException("directory='" + text + "' cannot be watched: " + Failures.describe(e), e);
        }
    }

    static void requireReadable(Path directory, String text) {
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new CommandException("directory='" + text + "' cannot be read: permission denied; try another user");
        }
    }
}
