package io.weir.agent.inotify;

import io.weir.posix.PosixException;
import io.weir.posix.RealPath;
import java.nio.file.Path;

/** Does something once a directory is watched, before it is listed. */
final class WhenWatched extends PassingKernel {
    private final Path directory;
    private final Runnable action;
    private boolean done;

    /** @param directory without symbolic links in its path */
    WhenWatched(Kernel kernel, Path directory, Runnable action) {
        super(kernel);
        this.directory = directory;
        this.action = action;
    }

    @Override
    public int add(String path, int mask) throws PosixException {
        int watch = super.add(path, mask);
        if (!done && RealPath.of(Path.of(path)).equals(directory)) {
            done = true;
            action.run();
        }
        return watch;
    }
}
