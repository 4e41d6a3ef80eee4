package io.weir.worker.qumulo;

import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileTimes;
import io.weir.worker.VolumeFiles.Entry;

/** What the cluster tells of a file, in the words of {@code FileState}. */
final class ClusterEntry {
    /** The cluster's ids are not used again, and the time of birth is anybody's to set, as SMB clients do. */
    private static final long NO_BIRTH = -1;

    private ClusterEntry() {}

    static Entry of(String path, FileAttributes found) {
        return new Entry(
                path,
                found.id(),
                kind(found),
                found.mode(),
                found.owner().number().orElse(Entry.NO_NUMBER),
                found.group().number().orElse(Entry.NO_NUMBER),
                found.isDirectory() ? 1 : found.linkCount(),
                FileTimes.nanos(found.times().modified()),
                NO_BIRTH);
    }

    static String kind(FileAttributes found) {
        return switch (found.kind()) {
            case FILE -> "file";
            case DIRECTORY -> "directory";
            case SYMLINK -> "link";
            case UNIX_PIPE -> "fifo";
            case UNIX_SOCKET -> "socket";
            case UNIX_BLOCK_DEVICE -> "block-device";
            case UNIX_CHARACTER_DEVICE -> "character-device";
            case UNKNOWN -> "unknown";
        };
    }
}
