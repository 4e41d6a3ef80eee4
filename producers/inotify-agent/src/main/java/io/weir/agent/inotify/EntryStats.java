package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.posix.Directory;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads entries in the very directory that a node stands for, if its path leads to it: the disk may be ahead of the tree. */
final class EntryStats {
    private EntryStats() {}

    /**
     * Reads some entries.
     *
     * @param names an empty one is the directory itself
     * @return those that are there; none if another directory is at the node's path, or nothing
     */
    static Map<String, FileStat> read(DirectoryNode node, Collection<String> names) {
        Map<String, FileStat> stats = new HashMap<>();
        try (Directory directory = Directory.openPath(node.hostPath())) {
            FileStatus status = directory.status();
            if (node.isKnownToBe(status)) {
                for (String name : names) {
                    read(directory, status, name, stats);
                }
            }
        } catch (PosixException e) {
            // not there
        }
        return stats;
    }

    private static void read(Directory directory, FileStatus itself, String name, Map<String, FileStat> stats) {
        if (stats.containsKey(name)) {
            return;
        }
        try {
            stats.put(name, Stats.of(name.isEmpty() ? itself : directory.lstat(name)));
        } catch (PosixException e) {
            // gone, or renamed
        }
    }
}
