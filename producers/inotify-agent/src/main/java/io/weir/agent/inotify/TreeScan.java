package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A scan under way: finished when nothing of it is outstanding. */
final class TreeScan {
    static final long BIRTH_UNKNOWN = -1;

    /** From 1 on; differs from that of every other scan of the session. */
    final int number;

    final DirectoryNode top;
    final Place place;
    final ScanReason reason;
    final Runnable whenFinished;

    /** Directories still to be listed, and listings not yet told. */
    int outstanding;

    /** Directories of which it is not known what is in them. */
    private final Set<DirectoryNode> unread = new HashSet<>();

    /** When its top was born, as far as the file system knows. */
    long topBorn = BIRTH_UNKNOWN;

    TreeScan(int number, DirectoryNode top, Place place, ScanReason reason, Runnable whenFinished) {
        this.number = number;
        this.top = top;
        this.place = place;
        this.reason = reason;
        this.whenFinished = whenFinished;
    }

    /** Notes that it is not known what is in a directory: it could not be read, or something else is to tell. */
    void doesNotRead(DirectoryNode node) {
        unread.add(node);
    }

    /** Where the directories are now that it did not read: they may have been renamed since it came to them. */
    Set<Place> unread(WatchTree tree) {
        return unread.stream().filter(node -> !node.removed).map(tree::place).collect(Collectors.toSet());
    }

    /** Whether differences from the baseline are sought, rather than the contents of something new. */
    boolean compares() {
        return reason.compares();
    }

    /** Whether a file found was made since: one older than the new directory was linked or moved into it. */
    boolean isNew(long fileBorn) {
        return reason == ScanReason.CREATED_DIRECTORY
                && (fileBorn == BIRTH_UNKNOWN || topBorn == BIRTH_UNKNOWN || fileBorn >= topBorn);
    }
}
