package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import java.util.HashSet;
import java.util.Set;

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

    /** What could not be read. */
    final Set<Place> unread = new HashSet<>();

    /** When its top was born, as far as the file system knows. */
    long topBorn = BIRTH_UNKNOWN;

    TreeScan(int number, DirectoryNode top, Place place, ScanReason reason, Runnable whenFinished) {
        this.number = number;
        this.top = top;
        this.place = place;
        this.reason = reason;
        this.whenFinished = whenFinished;
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
