package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares subtrees with the baseline again and again, as the kernel does not tell all that happens in them: those that the
 * user names, and directories for which there were no watches left, which each time are tried to be watched.
 *
 * <p>From the end of one comparison to the next passes the interval, and ten times as long as it took: polling takes at most
 * a tenth of the processor's time.
 */
final class Polls {
    private static final int SHARE = 10;

    private final WatchTree tree;
    private final Scanner scanner;
    private final Watches watches;
    private final Gaps gaps;
    private final long interval;
    private final List<Poll> polls = new ArrayList<>();
    private List<DirectoryNode> lastUnwatched = List.of();

    Polls(WatchTree tree, Roots roots, Scanner scanner, Watches watches, Gaps gaps, Polling polling) {
        this.tree = tree;
        this.scanner = scanner;
        this.watches = watches;
        this.gaps = gaps;
        interval = polling.interval().toNanos();
        for (String directory : roots.polled()) {
            polls.add(new Poll(() -> asked(directory)));
        }
        polls.add(new Poll(this::unwatched));
    }

    /** One subtree, or several one after the other, that are polled together. */
    private final class Poll {
        private final Supplier<List<DirectoryNode>> tops;
        private boolean underWay;
        private long begun;
        private long due;

        Poll(Supplier<List<DirectoryNode>> tops) {
            this.tops = tops;
        }

        void begin(long now) {
            underWay = true;
            begun = now;
            next(tops.get().iterator());
        }

        private void next(Iterator<DirectoryNode> rest) {
            while (rest.hasNext()) {
                DirectoryNode top = rest.next();
                if (mayBePolled(top)) {
                    scanner.begin(top, ScanReason.POLL, () -> {
                        forgetGone(top);
                        next(rest);
                    });
                    return;
                }
            }
            watches.limit().closeWhereAllIsWatched();
            long now = System.nanoTime();
            due = now + Math.max(interval, SHARE * (now - begun));
            underWay = false;
        }
    }

    /** To be called when the first scan is over: the first comparisons follow after the interval. */
    void begin() {
        long due = System.nanoTime() + interval;
        polls.forEach(poll -> poll.due = due);
    }

    /** Nanoseconds until something is due, at most the given. */
    long untilDue(long now, long most) {
        long least = most;
        for (Poll poll : polls) {
            if (poll.due != 0 && !poll.underWay) {
                least = Math.min(least, poll.due - now);
            }
        }
        return least;
    }

    /** Begins what is due. */
    void tick(long now) {
        for (Poll poll : polls) {
            if (poll.due != 0 && !poll.underWay && poll.due - now <= 0) {
                poll.begin(now);
            }
        }
    }

    private boolean mayBePolled(DirectoryNode node) {
        return !node.removed && !node.scheduled && node.listing == null && !gaps.hides(node);
    }

    /** The directory; where the tree and the disk do not agree on whether it is there, the one that must show it. */
    private List<DirectoryNode> asked(String directory) {
        return rootOf(directory).flatMap(root -> onTheWay(root, directory)).stream()
                .toList();
    }

    private Optional<RootNode> rootOf(String directory) {
        Path path = Path.of(directory);
        return tree.roots().stream()
                .filter(root -> path.startsWith(root.root.directory()))
                .reduce((a, b) -> a.hostPath.length() < b.hostPath.length() ? b : a);
    }

    private Optional<DirectoryNode> onTheWay(RootNode root, String directory) {
        DirectoryNode node = root;
        for (Path name : root.root.directory().relativize(Path.of(directory))) {
            if (name.toString().isEmpty()) {
                break;
            }
            @Nullable DirectoryNode child = tree.child(node, name.toString());
            boolean there = Gaps.isDirectory(tree.hostPath(node, name.toString()));
            if (child == null || !there) {
                return child != null || there ? Optional.of(node) : Optional.empty();
            }
            node = child;
        }
        return Optional.of(node);
    }

    /** The topmost directories without a watch, and those that had none the last time: what is due in them is still told. */
    private List<DirectoryNode> unwatched() {
        if (!watches.limit().isHit() && lastUnwatched.isEmpty()) {
            return List.of();
        }
        List<DirectoryNode> now = new ArrayList<>();
        for (RootNode root : tree.roots()) {
            tree.visit(root, node -> {
                if (node.unwatchable) {
                    now.add(node);
                }
                return !node.unwatchable;
            });
        }
        List<DirectoryNode> all = new ArrayList<>(now);
        lastUnwatched.stream().filter(node -> node.removed || !node.unwatchable).forEach(all::add);
        lastUnwatched = now;
        return all;
    }

    /** Takes directories out of the tree that a scan did not come upon, as no event tells that they are gone. */
    private void forgetGone(DirectoryNode top) {
        int scan = top.listedBy;
        List<DirectoryNode> gone = new ArrayList<>();
        tree.visit(top, node -> {
            boolean missed = node.listedBy != scan && !node.scheduled && node.listing == null;
            if (missed && !Gaps.isDirectory(tree.hostPath(node))) {
                gone.add(node);
                return false;
            }
            return true;
        });
        // one that was renamed is gone from its place too, and the queue is about to tell
        if (!gone.isEmpty() && watches.isUpToDate()) {
            gone.forEach(watches::drop);
        }
    }
}
