package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.posix.FileStatus;
import io.weir.posix.Inotify;
import io.weir.posix.PosixException;
import org.jspecify.annotations.Nullable;

/**
 * Relinks directories that were renamed. One in whose place another comes is kept aside for a moment: if it is exchanged
 * (renameat2 with RENAME_EXCHANGE, two renames to the kernel) it goes to the other's place next.
 */
final class DirectoryMoves implements Listings.Displacements {
    /** Ends the name of what is displaced: no entry has a name with NUL. */
    private static final char NOWHERE = '\0';

    private final WatchTree tree;
    private final Watches watches;
    private final Scanner scanner;
    private @Nullable Displaced displaced;

    DirectoryMoves(WatchTree tree, Watches watches, Scanner scanner) {
        this.tree = tree;
        this.watches = watches;
        this.scanner = scanner;
    }

    /**
     * A directory in whose place another was moved.
     *
     * @param parent where it was
     * @param name its name there
     * @param otherParent where the other came from
     * @param otherName the other's name there
     */
    private record Displaced(
            DirectoryNode node, DirectoryNode parent, String name, DirectoryNode otherParent, String otherName) {
        boolean isAt(DirectoryNode at, String entry) {
            return at == parent && entry.equals(name);
        }

        boolean goesTo(DirectoryNode at, String entry) {
            return at == otherParent && entry.equals(otherName);
        }
    }

    /** Whether a path is of a directory that has no place for the moment. */
    static boolean isNowhere(String path) {
        return path.indexOf(NOWHERE) >= 0;
    }

    /** An entry change in a directory: unless it is the other half of an exchange, what was displaced was replaced. */
    void entryChanges(DirectoryNode node, RawEvent event) {
        Displaced d = displaced;
        if (d == null || (node != d.parent && node != d.otherParent)) {
            return;
        }
        boolean exchange = (event.has(Inotify.IN_MOVED_FROM) && d.isAt(node, event.name()))
                || (event.has(Inotify.IN_MOVED_TO) && d.goesTo(node, event.name()));
        if (!exchange) {
            giveUp();
        }
    }

    void watchEnded(DirectoryNode node) {
        if (displaced != null && displaced.node == node) {
            giveUp();
        }
    }

    @Override
    public boolean isDisplaced(DirectoryNode node) {
        return displaced != null && node.isWithin(displaced.node);
    }

    /** A directory went from one place to another of the same volume. */
    void moved(DirectoryNode source, String name, DirectoryNode target, String newName) {
        Displaced d = displaced;
        boolean exchanged =
                d != null && d.isAt(source, name) && d.goesTo(target, newName) && isStillThere(d.node, target, newName);
        DirectoryNode node = exchanged && d != null ? d.node : tree.child(source, name);
        if (exchanged) {
            displaced = null;
        }
        DirectoryNode there = tree.child(target, newName);
        if (there != null && there != node) {
            displace(there, target, newName, source, name);
        }
        if (!tree.root(target).recursive()) {
            if (node != null) {
                watches.drop(node);
            }
        } else if (node == null) {
            scanner.begin(tree.add(target, newName), ScanReason.MOVED_IN_DIRECTORY);
        } else {
            tree.relink(node, target, newName);
            scanner.tasks().expectAnything(node);
        }
    }

    /**
     * Whether a displaced directory was exchanged, rather than replaced by one that now goes back: it has something in it, or
     * is where it would have gone. A replaced one's watch may last for a while, if somebody has the directory open.
     */
    private boolean isStillThere(DirectoryNode node, DirectoryNode target, String name) {
        if (node.firstChild != null) {
            return true;
        }
        try {
            return node.isKnownAs(Stats.of(FileStatus.lstat(tree.hostPath(target, name))));
        } catch (PosixException e) {
            return false;
        }
    }

    private void displace(
            DirectoryNode node, DirectoryNode parent, String name, DirectoryNode otherParent, String otherName) {
        giveUp();
        if (!node.isWatched()) {
            watches.drop(node);
            return;
        }
        tree.relink(node, parent, name + NOWHERE);
        displaced = new Displaced(node, parent, name, otherParent, otherName);
    }

    @Override
    public void giveUp() {
        if (displaced != null && !displaced.node.removed) {
            watches.drop(displaced.node);
        }
        displaced = null;
    }
}
