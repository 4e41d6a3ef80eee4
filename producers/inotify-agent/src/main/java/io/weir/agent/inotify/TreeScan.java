package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;

/** A scan under way: finished when nothing of it is outstanding. */
final class TreeScan {
    static final long BIRTH_UNKNOWN = -1;

    final DirectoryNode top;
    final Place place;
    final ScanReason reason;
    final Runnable whenFinished;

    /** Directories still to be listed, and listings not yet told. */
    int outstanding;

    boolean complete = true;

    /** When its top was born, as far as the file system knows. */
    long topBorn = BIRTH_UNKNOWN;

    TreeScan(DirectoryNode top, Place place, ScanReason reason, Runnable whenFinished) {
        this.top = top;
        this.place = place;
        this.reason = reason;
        this.whenFinished = whenFinished;
    }

    /** Whether differences from the baseline are sought, rather than the contents of something new. */
    boolean compares() {
        return reason == ScanReason.START || reason == ScanReason.REPAIR;
    }

    /** Whether a file found was made since: one older than the new directory was linked or moved into it. */
    boolean isNew(long fileBorn) {
        return reason == ScanReason.CREATED_DIRECTORY
                && (fileBorn == BIRTH_UNKNOWN || topBorn == BIRTH_UNKNOWN || fileBorn >= topBorn);
    }
}
