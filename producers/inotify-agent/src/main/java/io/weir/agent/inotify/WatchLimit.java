package io.weir.agent.inotify;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;

/** Directories for which there were no watches left: a gap of their root until all have one. */
final class WatchLimit {
    private static final String REASON = "watch-limit";

    private final WatchTree tree;
    private final Gaps gaps;
    private final Duration pollInterval;
    private final Set<RootNode> hit = new LinkedHashSet<>();

    /** @param pollInterval how often such directories are looked at */
    WatchLimit(WatchTree tree, Gaps gaps, Duration pollInterval) {
        this.tree = tree;
        this.gaps = gaps;
        this.pollInterval = pollInterval;
    }

    void refused(DirectoryNode node) {
        node.unwatchable = true;
        hit.add(tree.root(node));
    }

    /** At the end of a scan, when it is known how many watches are missing. */
    void tell() {
        for (RootNode root : hit) {
            long count = gaps.isOpen(root, REASON) ? 0 : unwatchable(root);
            if (count > 0) {
                long directories = (long) tree.size() + tree.roots().size();
                gaps.open(root, REASON, Limits.watchesUsedUp(directories, count, pollInterval));
            }
        }
        hit.clear();
    }

    /** After a poll: the gap of a root is over when all its directories are watched. */
    void closeWhereAllIsWatched() {
        for (RootNode root : tree.roots()) {
            if (gaps.isOpen(root, REASON) && unwatchable(root) == 0) {
                gaps.close(root, REASON);
            }
        }
    }

    boolean isHit() {
        return tree.roots().stream().anyMatch(root -> gaps.isOpen(root, REASON));
    }

    private long unwatchable(RootNode root) {
        long[] count = new long[1];
        tree.visit(root, node -> {
            count[0] += node.unwatchable ? 1 : 0;
            return true;
        });
        return count[0];
    }
}
