package io.weir.cli.capture;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file with paths to watch, one a line. */
final class Watchlist {
    private Watchlist() {}

    /**
     * Reads the paths.
     *
     * @throws CommandException if the file cannot be read, or with all lines that name nothing to watch
     */
    static List<Path> read(Path file, Path shown, CommandContext context) {
        List<Path> paths = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        int number = 0;
        for (String line : lines(file, shown)) {
            number++;
            String text = line.strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                try {
                    paths.add(WatchablePath.resolve(text, context));
                } catch (CommandException e) {
                    faults.add(shown + ":" + number + ": " + e.getMessage());
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new CommandException(String.join("\n", faults));
        }
        return paths;
    }

    private static List<String> lines(Path file, Path shown) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new CommandException("watch list='" + shown + "' cannot be read: " + Failures.describe(e), e);
        }
    }
}
