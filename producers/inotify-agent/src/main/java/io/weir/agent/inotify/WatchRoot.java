package io.weir.agent.inotify;

import io.weir.schemas.topic.VolumeName;
import java.nio.file.Path;

/**
 * A directory to watch and where it lies on its volume.
 *
 * @param volume volume name
 * @param pathInVolume absolute path of the directory within the volume; {@code /} if the volume starts there
 * @param directory absolute path on this host; need not exist yet
 * @param recursive all below it, or only the entries directly in it
 */
public record WatchRoot(String volume, String pathInVolume, Path directory, boolean recursive) {
    public WatchRoot {
        VolumeName.requireValid(volume);
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("watched directory='" + directory + "': expected an absolute path");
        }
        if (!pathInVolume.startsWith("/") || (pathInVolume.endsWith("/") && pathInVolume.length() > 1)) {
            throw new IllegalArgumentException("path in volume='" + pathInVolume + "' of watched directory='"
                    + directory + "': expected an absolute path without a trailing slash");
        }
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
