package io.weir.agent.inotify;

import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The directories, as of the last event handled. Some 100 bytes each; a child is found by one hash of parent and name.
 * Belongs to the processor's thread.
 */
final class WatchTree {
    private final List<RootNode> roots = new ArrayList<>();
    private final Map<String, RootNode> rootsByPath = new HashMap<>();
    private final WatchMap watches = new WatchMap();
    private @Nullable DirectoryNode[] buckets = new DirectoryNode[256];
    private int size;
    private int ids;

    private @Nullable DirectoryNode pathNode;
    private String pathSuffix = "";
    private @Nullable DirectoryNode parentNode;
    private String parentSuffix = "";

    RootNode addRoot(WatchRoot root) {
        RootNode node = new RootNode(ids++, root);
        roots.add(node);
        rootsByPath.put(node.hostPath, node);
        return node;
    }

    /** The root at a path of the host. */
    @Nullable
    RootNode rootAt(String path) {
        return rootsByPath.get(path);
    }

    List<RootNode> roots() {
        return roots;
    }

    /** Directories, the roots not counted. */
    int size() {
        return size;
    }

    int watchCount() {
        return watches.size();
    }

    @Nullable
    DirectoryNode child(DirectoryNode parent, String name) {
        DirectoryNode node = buckets[bucket(parent, name)];
        while (node != null && !(node.parent == parent && node.name.equals(name))) {
            node = node.nextInBucket;
        }
        return node;
    }

    DirectoryNode add(DirectoryNode parent, String name) {
        if (size >= buckets.length) {
            grow();
        }
        DirectoryNode node = new DirectoryNode(ids++, parent, name);
        link(node, parent);
        size++;
        return node;
    }

    void relink(DirectoryNode node, DirectoryNode parent, String name) {
        unlink(node);
        node.parent = parent;
        node.name = name;
        link(node, parent);
        forgetPaths();
    }

    /** Takes a directory and all below it out; each is given to the consumer, without its place in the tree. */
    void remove(DirectoryNode top, Consumer<DirectoryNode> each) {
        DirectoryNode node = top;
        while (true) {
            while (node.firstChild != null) {
                node = node.firstChild;
            }
            DirectoryNode parent = node.parent;
            if (parent != null) {
                unlink(node);
                node.removed = true;
                size--;
            }
            each.accept(node);
            unwatch(node);
            if (node == top || parent == null) {
                break;
            }
            node = parent;
        }
        forgetPaths();
    }

    /** Visits a directory and all below it, parents first; below those that are not accepted it does not go. */
    void visit(DirectoryNode top, Predicate<DirectoryNode> accept) {
        DirectoryNode node = top;
        while (true) {
            if (accept.test(node) && node.firstChild != null) {
                node = node.firstChild;
                continue;
            }
            while (node != top && node.nextSibling == null) {
                node = Objects.requireNonNull(node.parent);
            }
            if (node == top) {
                return;
            }
            node = Objects.requireNonNull(node.nextSibling);
        }
    }

    @Nullable
    DirectoryNode watched(int watch) {
        return watches.get(watch);
    }

    void watch(DirectoryNode node, int watch) {
        unwatch(node);
        node.watch = watch;
        watches.put(watch, node);
    }

    void unwatch(DirectoryNode node) {
        if (node.isWatched()) {
            watches.remove(node.watch);
            node.watch = DirectoryNode.NO_WATCH;
        }
    }

    RootNode root(DirectoryNode node) {
        return node.root();
    }

    Place place(DirectoryNode node) {
        return root(node).place(suffix(node));
    }

    Place place(DirectoryNode node, String name) {
        return root(node).place(suffix(node) + "/" + name);
    }

    String hostPath(DirectoryNode node) {
        return root(node).hostPath(suffix(node));
    }

    String hostPath(DirectoryNode node, String name) {
        return root(node).hostPath(suffix(node) + "/" + name);
    }

    /** The path below the root, beginning with a slash; empty for the root. The last one, and its parent's, are remembered. */
    private String suffix(DirectoryNode node) {
        if (node == pathNode) {
            return pathSuffix;
        }
        DirectoryNode parent = node.parent;
        if (parent == null) {
            return "";
        }
        if (parent != parentNode) {
            parentSuffix = parent.suffix();
            parentNode = parent;
        }
        pathSuffix = parentSuffix + '/' + node.name;
        pathNode = node;
        return pathSuffix;
    }

    private void forgetPaths() {
        pathNode = null;
        parentNode = null;
    }

    private void link(DirectoryNode node, DirectoryNode parent) {
        int bucket = bucket(parent, node.name);
        node.nextInBucket = buckets[bucket];
        buckets[bucket] = node;
        node.previousSibling = null;
        node.nextSibling = parent.firstChild;
        if (parent.firstChild != null) {
            parent.firstChild.previousSibling = node;
        }
        parent.firstChild = node;
    }

    private void unlink(DirectoryNode node) {
        DirectoryNode parent = Objects.requireNonNull(node.parent);
        int bucket = bucket(parent, node.name);
        if (buckets[bucket] == node) {
            buckets[bucket] = node.nextInBucket;
        } else {
            DirectoryNode before = buckets[bucket];
            while (before != null && before.nextInBucket != node) {
                before = before.nextInBucket;
            }
            Objects.requireNonNull(before).nextInBucket = node.nextInBucket;
        }
        if (node.previousSibling == null) {
            parent.firstChild = node.nextSibling;
        } else {
            node.previousSibling.nextSibling = node.nextSibling;
        }
        if (node.nextSibling != null) {
            node.nextSibling.previousSibling = node.previousSibling;
        }
    }

    private void grow() {
        @Nullable DirectoryNode[] old = buckets;
        buckets = new DirectoryNode[old.length * 2];
        for (DirectoryNode first : old) {
            for (DirectoryNode node = first; node != null; ) {
                DirectoryNode next = node.nextInBucket;
                int bucket = bucket(Objects.requireNonNull(node.parent), node.name);
                node.nextInBucket = buckets[bucket];
                buckets[bucket] = node;
                node = next;
            }
        }
    }

    private int bucket(DirectoryNode parent, String name) {
        int hash = parent.id * 0x9E3779B9 + name.hashCode();
        return (hash ^ (hash >>> 15)) & (buckets.length - 1);
    }
}
