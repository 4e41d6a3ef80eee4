package io.weir.cli.up;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.capture.WatchableDirectory;
import io.weir.schemas.topic.VolumeName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that is a volume of its own: paths in it start there.
 *
 * @param volume the volume's name
 * @param directory its real path
 * @param recursive whether all below it belongs to it too
 */
record WatchedDirectory(String volume, Path directory, boolean recursive) {
    /**
     * Reads {@code DIR} or {@code DIR=VOLUME}. Without a name the volume is named after the directory; a directory whose own
     * name has a {@code =} is taken as it is.
     *
     * @throws CommandException if there is no such directory, or the name is not valid
     */
    static WatchedDirectory parse(String text, boolean recursive, CommandContext context) {
        int equals = text.lastIndexOf('=');
        if (equals < 0 || Files.isDirectory(context.resolve(Path.of(text)))) {
            Path directory = WatchableDirectory.resolve(text, context);
            Path name = directory.getFileName();
            return new WatchedDirectory(VolumeName.from(name == null ? "root" : name.toString()), directory, recursive);
        }
        String volume = text.substring(equals + 1);
        if (!VolumeName.isValid(volume)) {
            throw new CommandException("--watch='" + text + "': volume name='" + volume
                    + "' is not valid; expected 1 to 63 of a-z, 0-9 and '-', not beginning or ending with '-'; try '"
                    + VolumeName.from(volume) + "'");
        }
        return new WatchedDirectory(volume, WatchableDirectory.resolve(text.substring(0, equals), context), recursive);
    }

    /**
     * Requires that no directory belongs to two volumes, and no name to two directories.
     *
     * @throws CommandException naming the two
     */
    static void requireDistinct(List<WatchedDirectory> directories) {
        for (int i = 0; i < directories.size(); i++) {
            for (int k = 0; k < i; k++) {
                directories.get(i).requireDistinct(directories.get(k));
            }
        }
    }

    private void requireDistinct(WatchedDirectory other) {
        if (volume.equals(other.volume)) {
            throw new CommandException("--watch: '" + other.directory + "' and '" + directory
                    + "' would both be the volume '" + volume + "'; name one of them otherwise, as in --watch '"
                    + directory
                    + "=" + volume + "-2'");
        }
        if (contains(other) || other.contains(this)) {
            throw new CommandException("--watch: '" + other.directory + "' and '" + directory
                    + "' share files, which would belong to two volumes; watch one of them");
        }
    }

    private boolean contains(WatchedDirectory other) {
        return directory.equals(other.directory) || (recursive && other.directory.startsWith(directory));
    }
}
