package io.weir.it.model;

import io.weir.agent.source.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the source watches, or is about to, at their places as of the last event handled. Which directory an
 * event means is known here for certain; the production source finds it out by opening, and by looking again in doubt.
 */
final class SourceTree {
    /** A directory at its place. */
    static final class Dir {
        final Node node;

        @Nullable
        Dir parent;

        String name;
        /** It is known which directory it is. */
        boolean opened;

        private boolean gone;

        Dir(Node node, @Nullable Dir parent, String name) {
            this.node = node;
            this.parent = parent;
            this.name = name;
        }

        boolean isAt(@Nullable Dir directory, String entry) {
            return parent == directory && name.equals(entry);
        }

        /** Whether it, or a directory above it, has been forgotten. */
        boolean isGone() {
            Dir above = parent;
            return gone || (above != null && above.isGone());
        }
    }

    private final String volume;
    private final KernelQueue queue;
    private final Map<Node, Dir> dirs = new LinkedHashMap<>();

    SourceTree(String volume, KernelQueue queue) {
        this.volume = volume;
        this.queue = queue;
    }

    void clear() {
        dirs.clear();
    }

    void add(Dir dir) {
        dirs.put(dir.node, dir);
    }

    /** Where a directory is known; null if it is not. */
    @Nullable
    Dir of(@Nullable Node node) {
        return node == null ? null : dirs.get(node);
    }

    boolean has(Dir dir) {
        return dirs.get(dir.node) == dir;
    }

    void relink(Dir dir, @Nullable Dir parent, String name) {
        dir.parent = parent;
        dir.name = name;
    }

    /** It is out of sight, with all below it. */
    void forget(Dir dir) {
        dir.gone = true;
        if (dirs.remove(dir.node, dir)) {
            queue.unwatch(dir.node);
        }
        List.copyOf(dirs.values()).stream().filter(d -> d.parent == dir).forEach(this::forget);
    }

    /** A path; of the root, an empty one. */
    static String path(Dir dir) {
        return dir.parent == null ? "" : path(dir.parent) + "/" + dir.name;
    }

    Place place(Dir dir, String name) {
        return new Place(volume, path(dir) + "/" + name);
    }
}
