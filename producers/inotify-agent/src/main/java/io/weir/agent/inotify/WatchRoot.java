package io.weir.agent.inotify;

import io.weir.schemas.topic.VolumeName;
import java.nio.file.Path;
import java.util.Set;

/**
 * A directory to watch and where it lies on its volume.
 *
 * @param volume volume name
 * @param pathInVolume absolute path of the directory within the volume; {@code /} if the volume starts there
 * @param directory absolute path on this host; need not exist yet
 * @param recursive all below it, or only the entries directly in it
 * @param names the entries that are told, whatever file has such a name; empty: all, and the directory itself
 * @param awaited whether it may well be absent, or something else than a directory, which is no gap then
 */
public record WatchRoot(
        String volume, String pathInVolume, Path directory, boolean recursive, Set<String> names, boolean awaited) {
    public WatchRoot {
        names = Set.copyOf(names);
        if (recursive && !names.isEmpty()) {
            throw new IllegalArgumentException("watched directory='" + directory + "': single files " + names
                    + " of it are named; expected it not to be recursive");
        }
        VolumeName.requireValid(volume);
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("watched directory='" + directory + "': expected an absolute path");
        }
        if (!pathInVolume.startsWith("/") || (pathInVolume.endsWith("/") && pathInVolume.length() > 1)) {
            throw new IllegalArgumentException("path in volume='" + pathInVolume + "' of watched directory='"
                    + directory + "': expected an absolute path without a trailing slash");
        }
    }

    /** All entries. */
    public WatchRoot(String volume, String pathInVolume, Path directory, boolean recursive) {
        this(volume, pathInVolume, directory, recursive, Set.of(), false);
    }

    /** Only the entries of these names. */
    public WatchRoot withNames(Set<String> value) {
        return new WatchRoot(volume, pathInVolume, directory, recursive, value, awaited);
    }

    /** The same, which may come and go. */
    public WatchRoot whenThere() {
        return new WatchRoot(volume, pathInVolume, directory, recursive, names, true);
    }

    /** The same at another path of the host. */
    WatchRoot at(Path value) {
        return new WatchRoot(volume, pathInVolume, value, recursive, names, awaited);
    }

    /** Whether single files are watched, and not the directory. */
    public boolean isOfFiles() {
        return !names.isEmpty();
    }

    /** A volume that starts at the directory. */
    public static WatchRoot ofVolume(String volume, Path directory, boolean recursive) {
        return new WatchRoot(volume, "/", directory, recursive);
    }

    /** A directory of the host's own volume, whose paths are the host's. */
    public static WatchRoot ofHost(String volume, Path directory, boolean recursive) {
        return new WatchRoot(volume, directory.toString(), directory, recursive);
    }
}
