package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.Inotify;
import io.weir.posix.Writers;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was found in one directory, until the events queued by then have been handled. */
final class Listing {
    static final long NOT_YET = Long.MAX_VALUE;

    final TreeScan scan;
    final DirectoryNode node;

    final Map<String, Entry> entries = new LinkedHashMap<>();

    /** The path that led to the directory when it was opened. */
    private final String openedBy;

    /** The last chunk of events queued when it was opened. */
    final long openedAt;

    /** The node is known to stand for this very directory. */
    boolean verified;

    /** The chunk of events after whose handling the entries can be told. */
    long position = NOT_YET;

    /** All entries have been read. */
    boolean done;

    /** Only polls can tell when the files in it are no longer being written. */
    boolean polled;

    /** The node is gone from the tree, or is looked at anew. */
    boolean dropped;

    Listing(TreeScan scan, DirectoryNode node, String openedBy, long openedAt) {
        this.scan = scan;
        this.node = node;
        this.openedBy = openedBy;
        this.openedAt = openedAt;
    }

    /** Its directory was known before, and so may be what it shows. */
    boolean isOfPoll() {
        return scan.reason == ScanReason.POLL;
    }

    /** Whether the tree has come to where the directory was opened. */
    boolean canBeVerified(long processed) {
        return openedAt <= processed;
    }

    /**
     * Whether the node is at the path by which the directory was opened. To be asked when the tree is as it was then, or
     * at the first event of the directory.
     */
    boolean isAtItsPath(String nodePath) {
        return openedBy.equals(nodePath);
    }

    /** Whether there is nothing to verify any more. */
    boolean settled() {
        return verified || dropped;
    }

    /** Something found. */
    static final class Entry {
        final FileStat stat;
        boolean told;

        /** A directory told as found before the event that it came was handled, since a file may have gone into it. */
        boolean toldAhead;

        /** A new file that nobody has open for writing any more, and whose closing no event has told. */
        boolean writtenDue;

        /** Events still to come of our own asking whether somebody has it open for writing. */
        int ownEvents;

        /** A new file of which nobody may know whether it is still being written. */
        boolean closingUnknown;

        /** Older than the new directory that it was found in, so not made there. */
        boolean movedIn;

        Entry(FileStat stat) {
            this.stat = stat;
        }

        Entry(FileStat stat, TreeScan scan) {
            this(stat);
            movedIn = scan.reason == ScanReason.CREATED_DIRECTORY
                    && !scan.isNew(stat.btime())
                    && (stat.isDirectory() || stat.linkCount() == 1);
        }

        /**
         * Notes the answer to whether somebody has it open for writing. An empty file may be about to be opened by who made
         * it: that is one system call, but two steps.
         */
        void closed(Writers.Answer writers) {
            boolean settled = writers == Writers.Answer.NONE && stat.size() > 0;
            writtenDue = settled;
            closingUnknown = !settled && writers != Writers.Answer.SOME;
            ownEvents = Inotify.IN_OPEN | Inotify.IN_CLOSE_NOWRITE;
        }
    }
}
