package io.weir.agent.inotify;

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

    /** What was found in it and is not yet told. */
    @Nullable
    Listing listing;

    /** A task to look at it is under way. */
    boolean scheduled;

    /** No longer part of the tree. */
    boolean removed;

    DirectoryNode(int id, @Nullable DirectoryNode parent, String name) {
        this.id = id;
        this.parent = parent;
        this.name = name;
    }

    boolean isWatched() {
        return watch != NO_WATCH;
    }
}
