package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.posix.FileStatus;

/** Turns what the kernel says of a file into the agent's form. */
final class Stats {
    private Stats() {}

    static FileStat of(FileStatus s) {
        return new FileStat(
                s.fileId(),
                s.kind(),
                s.size(),
                s.mode(),
                s.uid(),
                s.gid(),
                s.linkCount(),
                s.mtime(),
                s.ctime(),
                s.btime());
    }
}
