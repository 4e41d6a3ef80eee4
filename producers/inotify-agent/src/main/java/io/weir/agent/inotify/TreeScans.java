package io.weir.agent.inotify;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import java.util.LinkedHashSet;
import java.util.Set;

/** The scans under way: each begins, and is over when nothing of it is outstanding any more. */
final class TreeScans {
    private final WatchTree tree;
    private final Outgoing outgoing;
    private final WatchLimit limit;
    private final Set<TreeScan> active = new LinkedHashSet<>();
    private int begun;

    TreeScans(WatchTree tree, Outgoing outgoing, WatchLimit limit) {
        this.tree = tree;
        this.outgoing = outgoing;
        this.limit = limit;
    }

    TreeScan begin(DirectoryNode top, ScanReason reason, Runnable whenFinished) {
        TreeScan scan = new TreeScan(++begun, top, tree.place(top), reason, whenFinished);
        active.add(scan);
        outgoing.add(new Observation.ScanStarted(Outgoing.now(), scan.place, reason));
        return scan;
    }

    /** Something of a scan is no longer outstanding. */
    void release(TreeScan scan) {
        if (--scan.outstanding == 0 && active.remove(scan)) {
            limit.tell();
            outgoing.add(new Observation.ScanFinished(Outgoing.now(), scan.place, scan.reason, scan.unread(tree)));
            scan.whenFinished.run();
        }
    }

    /** Ends all as they are. */
    void abandon() {
        for (TreeScan scan : active) {
            outgoing.add(new Observation.ScanFinished(Outgoing.now(), scan.place, scan.reason, false));
        }
        active.clear();
    }
}
