package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was found in one directory, until the events queued by then have been handled. */
final class Listing {
    static final long NOT_YET = Long.MAX_VALUE;

    final TreeScan scan;
    final DirectoryNode node;

    /** The directory that was listed and is watched as the node. */
    final String fileId;

    final Map<String, Entry> entries = new LinkedHashMap<>();

    /** The number of the tree's relinkings when the node's path was last seen to lead to the directory. */
    int verifiedAt;

    /** The chunk of events after whose handling the entries can be told. */
    long position = NOT_YET;

    /** All entries have been read. */
    boolean done;

    /** The node is gone from the tree, or is looked at anew. */
    boolean dropped;

    Listing(TreeScan scan, DirectoryNode node, String fileId, int verifiedAt) {
        this.scan = scan;
        this.node = node;
        this.fileId = fileId;
        this.verifiedAt = verifiedAt;
    }

    /** Something found. */
    static final class Entry {
        final FileStat stat;
        boolean told;

        /** A new file that nobody has open for writing any more, and whose closing no event has told. */
        boolean writtenDue;

        Entry(FileStat stat, boolean writtenDue) {
            this.stat = stat;
            this.writtenDue = writtenDue;
        }
    }
}
