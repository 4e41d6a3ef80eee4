package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.posix.FileStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A directory of the watch tree: it knows its parent and its name, so that renaming it is one relinking. */
sealed class DirectoryNode permits RootNode {
    static final int NO_WATCH = -1;

    /** Spreads siblings over the buckets of {@link WatchTree}. */
    final int id;

    /** Null for roots alone. */
    @Nullable
    DirectoryNode parent;

    String name;
    int watch = NO_WATCH;

    @Nullable
    DirectoryNode firstChild;

    @Nullable
    DirectoryNode nextSibling;

    @Nullable
    DirectoryNode previousSibling;

    @Nullable
    DirectoryNode nextInBucket;

    /** Which directory it is; 0 while that is not known. */
    private long inode;

    private long device;

    private long born;

    /** What was found in it and is not yet told. */
    @Nullable
    Listing listing;

    /** A task to look at it is under way. */
    boolean scheduled;

    /** No longer part of the tree. */
    boolean removed;

    /** The user's watches were used up when it was last to be watched. */
    boolean unwatchable;

    /** The number of the scan that last listed it. */
    int listedBy;

    DirectoryNode(int id, @Nullable DirectoryNode parent, String name) {
        this.id = id;
        this.parent = parent;
        this.name = name;
    }

    boolean isWatched() {
        return watch != NO_WATCH;
    }

    /** Notes which directory it is. */
    void know(FileStatus status) {
        device = status.device();
        inode = status.inode();
        born = status.btime();
    }

    void forget() {
        inode = 0;
    }

    /** Whether it is this directory, or it is not known which. */
    boolean isKnownToBe(FileStatus status) {
        return inode == 0 || (inode == status.inode() && device == status.device());
    }

    /** Whether it is known to be this very directory; numbers are used again, times of birth are not. */
    boolean isKnownAs(FileStat stat) {
        return inode != 0
                && stat.isDirectory()
                && born == stat.btime()
                && stat.fileId().equals(FileStatus.fileId(device, inode));
    }

    /** Whether it is this directory, as far as is known for sure by now. */
    boolean mayBe(FileStat stat) {
        boolean unsure = inode == 0 || (listing != null && !listing.verified);
        return unsure || isKnownAs(stat);
    }

    /** Whether both are known to be on one file system. */
    boolean isOnFileSystemOf(DirectoryNode other) {
        return device != 0 && device == other.device;
    }

    /** Whether it is this directory, or lies below it. */
    boolean isWithin(DirectoryNode top) {
        DirectoryNode at = this;
        while (at != top && at.parent != null) {
            at = at.parent;
        }
        return at == top;
    }

    RootNode root() {
        DirectoryNode top = this;
        while (!(top instanceof RootNode root)) {
            top = Objects.requireNonNull(top.parent);
        }
        return root;
    }

    /** The path below the root, beginning with a slash; empty for the root. */
    String suffix() {
        List<String> names = new ArrayList<>();
        for (DirectoryNode at = this; at.parent != null; at = at.parent) {
            names.add(at.name);
        }
        StringBuilder path = new StringBuilder();
        for (int i = names.size() - 1; i >= 0; i--) {
            path.append('/').append(names.get(i));
        }
        return path.toString();
    }

    String hostPath() {
        return root().hostPath(suffix());
    }
}
