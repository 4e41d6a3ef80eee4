package io.weir.agent.inotify;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.Place;
import io.weir.posix.Directory;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What cannot be seen at present, and when it can be seen again: then a repair scan closes the gap. */
final class Gaps {
    static final String OVERFLOW = "overflow";
    private static final String MISSING = "missing";
    private static final String UNREADABLE = "unreadable";
    private static final String UNMOUNTED = "unmounted";
    private static final String BIND_MOUNT = "bind-mount";

    private static final Logger LOG = LoggerFactory.getLogger(Gaps.class);

    private final WatchTree tree;
    private final Outgoing outgoing;
    private final Map<WatchRoot, Long> unmountedDevices;
    private final Map<Key, Gap> open = new LinkedHashMap<>();
    private final Set<DirectoryNode> unmounted = new HashSet<>();

    /** @param unmountedDevices roots whose file system is gone, and the device it had; outlives the session */
    Gaps(WatchTree tree, Outgoing outgoing, Map<WatchRoot, Long> unmountedDevices) {
        this.tree = tree;
        this.outgoing = outgoing;
        this.unmountedDevices = unmountedDevices;
    }

    private record Key(Place place, String reason) {}

    private static final class Gap {
        final Key key;
        final DirectoryNode node;
        boolean mending;

        Gap(Key key, DirectoryNode node) {
            this.key = key;
            this.node = node;
        }

        /** What may come and go is just waited for. */
        boolean isTold() {
            return !(key.reason.equals(MISSING) && node instanceof RootNode root && root.root.awaited());
        }
    }

    /** Opens a gap, or leaves it open if it already is. */
    void open(DirectoryNode node, String reason, String detail) {
        Key key = new Key(tree.place(node), reason);
        Gap known = open.get(key);
        if (known != null && known.node == node) {
            known.mending = false;
            return;
        }
        Gap gap = new Gap(key, node);
        open.put(key, gap);
        if (known == null && gap.isTold()) {
            outgoing.add(new Observation.GapOpened(Outgoing.now(), key.place(), reason, detail));
            LOG.atWarn()
                    .addKeyValue("volume", key.place().volume())
                    .addKeyValue("path", key.place().path())
                    .addKeyValue("reason", reason)
                    .log(detail);
        }
    }

    /** Closes a root's gap of that reason. */
    void close(RootNode root, String reason) {
        Gap gap = open.get(new Key(tree.place(root), reason));
        if (gap != null) {
            close(gap);
        }
    }

    private void close(Gap gap) {
        if (open.remove(gap.key, gap) && gap.isTold()) {
            outgoing.add(new Observation.GapClosed(Outgoing.now(), gap.key.place(), gap.key.reason()));
        }
    }

    /** Takes over a gap that the session before has opened. */
    void reopen(RootNode root, String reason) {
        Key key = new Key(tree.place(root), reason);
        open.put(key, new Gap(key, root));
    }

    /** The session ends: what else is wrong will be found again by the next one. */
    void closeAllBut(String reason) {
        List.copyOf(open.values()).stream()
                .filter(gap -> !gap.key.reason().equals(reason))
                .forEach(this::close);
    }

    void unreadable(DirectoryNode node, PosixException e) {
        if (node instanceof RootNode root && root.root.awaited() && !isDirectory(root.hostPath)) {
            rootMissing(root, e); // whether it is there cannot be told
            return;
        }
        open(
                node,
                UNREADABLE,
                e.getMessage() + "; what changes in this directory is not seen; try to let the agent's user read it");
    }

    void rootMissing(RootNode root, PosixException e) {
        open(root, MISSING, "watched directory is not there: " + e.getMessage() + "; it is watched when it appears");
    }

    void rootGone(RootNode root, String how) {
        open(
                root,
                MISSING,
                "watched directory='" + root.hostPath + "' " + how + "; it is watched when it appears again");
    }

    /** It is listed all the same, but has no watch of its own; nor have those below it. */
    void watchedElsewhere(DirectoryNode node) {
        DirectoryNode parent = node.parent;
        if (parent != null && !parent.isWatched()) {
            return;
        }
        open(
                node,
                BIND_MOUNT,
                "directory='" + tree.hostPath(node) + "' is also mounted at another watched path; its changes are told"
                        + " there only");
    }

    /** A directory that could not be caught at its path; where its parent has no watch, it may just be gone. */
    void neverStill(DirectoryNode node) {
        DirectoryNode parent = node.parent;
        if (parent != null && parent.isWatched()) {
            open(
                    node,
                    UNREADABLE,
                    "directory='" + tree.hostPath(node) + "' was never found at its path; will be retried");
        }
    }

    /** Whether a root has an open gap of that reason. */
    boolean isOpen(RootNode root, String reason) {
        return open.containsKey(new Key(tree.place(root), reason));
    }

    /** Whether what a directory holds now is not what belongs there: it is missing, or its file system is. */
    boolean hides(DirectoryNode node) {
        for (Gap gap : open.values()) {
            boolean away = gap.key.reason.equals(MISSING) || gap.key.reason.equals(UNMOUNTED);
            if (away && node.isWithin(gap.node)) {
                return true;
            }
        }
        return false;
    }

    /** Notes that a directory's file system is being unmounted; the kernel tells it of each watch. */
    void unmounting(DirectoryNode node) {
        unmounted.add(node);
    }

    /** One gap for the topmost directory of a file system, however many the kernel tells of, and whichever first. */
    void settleUnmounts(Watches watches) {
        if (unmounted.isEmpty()) {
            return;
        }
        Set<DirectoryNode> tops = new HashSet<>();
        for (DirectoryNode node : unmounted) {
            if (!node.removed) {
                tops.add(topOfFileSystem(node));
            }
        }
        unmounted.clear();
        tops.removeIf(top -> top.removed);
        for (DirectoryNode top : tops) {
            if (top instanceof RootNode root) {
                unmountedDevices.put(root.root, root.lastDevice);
            }
            watches.dropContents(top);
            open(
                    top,
                    UNMOUNTED,
                    "the file system at '" + tree.hostPath(top) + "' was unmounted; it is watched again when"
                            + " it is mounted");
        }
    }

    private DirectoryNode topOfFileSystem(DirectoryNode node) {
        DirectoryNode top = node;
        for (DirectoryNode above = top.parent; above != null; above = top.parent) {
            if (!above.isOnFileSystemOf(top) && !unmounted.contains(above)) {
                break;
            }
            top = above;
        }
        return top;
    }

    /** Whether it may be scanned: not while its file system is unmounted, since all would seem to be deleted. */
    boolean mayLookAt(DirectoryNode node, FileStatus status) throws PosixException {
        if (!(node instanceof RootNode root)) {
            Gap gap = open.isEmpty() ? null : open.get(new Key(tree.place(node), UNMOUNTED));
            return gap == null || isMounted(node);
        }
        Long device = unmountedDevices.get(root.root);
        if (device != null && device != status.device() && !isMountPoint(node)) {
            open(root, UNMOUNTED, "the file system at '" + root.hostPath + "' is not mounted");
            return false;
        }
        unmountedDevices.remove(root.root);
        root.lastDevice = status.device();
        return true;
    }

    private boolean isMountPoint(DirectoryNode node) throws PosixException {
        String path = tree.hostPath(node);
        return FileStatus.lstat(path).device() != FileStatus.lstat(path + "/..").device();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Looks which gaps can be mended, and begins to. Also looks whether the roots are still at their paths. */
    void tick(Scanner scanner, Watches watches) {
        for (RootNode root : tree.roots()) {
            if (root.isWatched() && !isAtItsPath(root)) {
                watches.dropContents(root);
                rootGone(root, "is no longer at its path");
            }
        }
        for (Gap gap : List.copyOf(open.values())) {
            if (gap.node.removed) {
                close(gap);
            } else if (gap.key.reason.equals(UNREADABLE)
                    && gap.node instanceof RootNode root
                    && !isDirectory(root.hostPath)) {
                close(gap);
                rootGone(root, "is no longer there, or no directory any more");
            } else if (!gap.mending && !gap.node.scheduled && isMendable(gap)) {
                mend(gap, ScanReason.REPAIR, scanner);
            }
        }
    }

    private void mend(Gap gap, ScanReason reason, Scanner scanner) {
        gap.mending = true;
        scanner.begin(gap.node, reason, () -> {
            if (gap.mending) {
                close(gap);
            }
        });
    }

    /** An event told that there is a directory at a root's path. */
    void appeared(RootNode root, ScanReason reason, Scanner scanner, Watches watches) {
        watches.dropContents(root); // of one that was there before; or a scan was ahead of the event
        Gap gap = open.get(new Key(tree.place(root), MISSING));
        if (gap == null) {
            scanner.begin(root, reason);
        } else {
            mend(gap, reason, scanner);
        }
    }

    static boolean isDirectory(String path) {
        try {
            return FileStatus.lstat(path).isDirectory();
        } catch (PosixException e) {
            return false;
        }
    }

    private static boolean isAtItsPath(RootNode root) {
        try {
            return root.isKnownToBe(FileStatus.lstat(root.hostPath));
        } catch (PosixException e) {
            return false;
        }
    }

    private boolean isMendable(Gap gap) {
        try {
            return switch (gap.key.reason()) {
                case MISSING -> isDirectory(tree.hostPath(gap.node));
                case UNREADABLE -> canOpen(tree.hostPath(gap.node));
                case UNMOUNTED -> isMounted(gap.node);
                default -> false;
            };
        } catch (PosixException e) {
            return false;
        }
    }

    private boolean isMounted(DirectoryNode node) throws PosixException {
        Long device = node instanceof RootNode root ? unmountedDevices.get(root.root) : null;
        boolean asBefore =
                device != null && FileStatus.lstat(tree.hostPath(node)).device() == device;
        return asBefore || isMountPoint(node);
    }

    private static boolean canOpen(String path) throws PosixException {
        Directory.open(path).close();
        return true;
    }
}
