package io.weir.agent.inotify;

import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.util.regex.Pattern;

/**
 * Files that are made without a name (open(2), O_TMPFILE). The kernel tells of them under their inode number, as if that were
 * a name in the directory. When one gets a name, that is told as its creation.
 */
final class UnnamedFiles {
    private static final Pattern NUMBER = Pattern.compile("#\\d+");

    private UnnamedFiles() {}

    /** Whether an event is about one; a file that really has such a name is none, unless it is gone by now. */
    static boolean isAboutOne(RawEvent event, WatchTree tree, DirectoryNode node) {
        return !event.has(RawEvent.ENTRY_CHANGES)
                && event.name().startsWith("#")
                && NUMBER.matcher(event.name()).matches()
                && !isThere(tree.hostPath(node, event.name()));
    }

    private static boolean isThere(String path) {
        try {
            FileStatus.lstat(path);
            return true;
        } catch (PosixException e) {
            return false;
        }
    }
}
