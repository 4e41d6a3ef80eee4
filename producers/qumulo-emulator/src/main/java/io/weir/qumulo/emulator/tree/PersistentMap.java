package io.weir.qumulo.emulator.tree;

import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map that shares all that is equal with the maps it came from. A treap whose priorities are hashes of
 * the keys: maps with the same keys have the same shape, so that two versions are compared at the cost of their
 * differences. Values are compared by identity. Safe for all threads.
 */
public final class PersistentMap<K extends Comparable<K>, V> {
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<String, String>(null);

    private final @Nullable Node<K, V> root;

    private PersistentMap(@Nullable Node<K, V> root) {
        this.root = root;
    }

    /** What is told of each key whose value is not the very same in two maps. */
    public interface DifferenceVisitor<K, V> {
        /**
         * One key.
         *
         * @param before null if only the newer map has the key; {@code after}: null if only the older one has it
         */
        void differs(K key, @Nullable V before, @Nullable V after);
    }

    /** Compared by identity, which is what makes a comparison of maps cheap. */
    private static final class Node<K extends Comparable<K>, V> {
        private final K key;
        private final V value;
        private final int priority;
        private final @Nullable Node<K, V> left;
        private final @Nullable Node<K, V> right;
        private final int size;

        Node(K key, V value, int priority, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this.key = key;
            this.value = value;
            this.priority = priority;
            this.left = left;
            this.right = right;
            this.size = 1 + count(left) + count(right);
        }

        static <K extends Comparable<K>, V> Node<K, V> leaf(K key, V value) {
            return new Node<>(key, value, mix(key.hashCode()), null, null);
        }

        Node<K, V> with(@Nullable Node<K, V> newLeft, @Nullable Node<K, V> newRight) {
            return new Node<>(key, value, priority, newLeft, newRight);
        }

        Node<K, V> with(V newValue) {
            return new Node<>(key, newValue, priority, left, right);
        }

        /** Ties are broken by key, so that the shape depends on the keys alone. */
        boolean above(Node<K, V> other) {
            return priority != other.priority ? priority > other.priority : key.compareTo(other.key) < 0;
        }
    }

    private record Split<K extends Comparable<K>, V>(@Nullable Node<K, V> below, @Nullable Node<K, V> above) {}

    @SuppressWarnings("unchecked") // It holds nothing.
    public static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    public int size() {
        return count(root);
    }

    public @Nullable V get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    public PersistentMap<K, V> with(K key, V value) {
        return new PersistentMap<>(insert(root, key, value));
    }

    public PersistentMap<K, V> without(K key) {
        Node<K, V> rest = remove(root, key);
        return rest == root ? this : new PersistentMap<>(rest);
    }

    /** In the order of the keys, those above {@code after} (null: all), until the visitor says false. */
    public void visitAfter(@Nullable K after, BiPredicate<K, V> visitor) {
        visit(root, after, visitor);
    }

    /** What differs in {@code newer}, in the order of the keys; in time proportional to the differences. */
    public void differences(PersistentMap<K, V> newer, DifferenceVisitor<K, V> visitor) {
        compare(root, newer.root, visitor);
    }

    private static int count(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    private static <K extends Comparable<K>, V> Node<K, V> insert(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return Node.leaf(key, value);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return node.value == value ? node : node.with(value);
        }
        if (order < 0) {
            Node<K, V> left = insert(node.left, key, value);
            return left.above(node)
                    ? left.with(left.left, node.with(left.right, node.right))
                    : node.with(left, node.right);
        }
        Node<K, V> right = insert(node.right, key, value);
        return right.above(node)
                ? right.with(node.with(node.left, right.left), right.right)
                : node.with(node.left, right);
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return merge(node.left, node.right);
        }
        if (order < 0) {
            Node<K, V> left = remove(node.left, key);
            return left == node.left ? node : node.with(left, node.right);
        }
        Node<K, V> right = remove(node.right, key);
        return right == node.right ? node : node.with(node.left, right);
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> merge(
            @Nullable Node<K, V> low, @Nullable Node<K, V> high) {
        if (low == null) {
            return high;
        }
        if (high == null) {
            return low;
        }
        return low.above(high)
                ? low.with(low.left, merge(low.right, high))
                : high.with(merge(low, high.left), high.right);
    }

    /** For a key that the node does not have. */
    private static <K extends Comparable<K>, V> Split<K, V> split(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return new Split<>(null, null);
        }
        if (key.compareTo(node.key) < 0) {
            Split<K, V> left = split(node.left, key);
            return new Split<>(left.below, node.with(left.above, node.right));
        }
        Split<K, V> right = split(node.right, key);
        return new Split<>(node.with(node.left, right.below), right.above);
    }

    private static <K extends Comparable<K>, V> boolean visit(
            @Nullable Node<K, V> node, @Nullable K after, BiPredicate<K, V> visitor) {
        if (node == null) {
            return true;
        }
        if (after != null && node.key.compareTo(after) <= 0) {
            return visit(node.right, after, visitor);
        }
        return visit(node.left, after, visitor)
                && visitor.test(node.key, node.value)
                && visit(node.right, after, visitor);
    }

    private static <K extends Comparable<K>, V> void compare(
            @Nullable Node<K, V> old, @Nullable Node<K, V> now, DifferenceVisitor<K, V> visitor) {
        if (old == now) {
            return;
        }
        if (old == null || (now != null && !old.key.equals(now.key) && now.above(old))) {
            // Had the older map this key, it would be at the top there too.
            Node<K, V> top = Objects.requireNonNull(now);
            Split<K, V> parts = split(old, top.key);
            compare(parts.below, top.left, visitor);
            visitor.differs(top.key, null, top.value);
            compare(parts.above, top.right, visitor);
        } else if (now == null || !old.key.equals(now.key)) {
            Split<K, V> parts = split(now, old.key);
            compare(old.left, parts.below, visitor);
            visitor.differs(old.key, old.value, null);
            compare(old.right, parts.above, visitor);
        } else {
            compare(old.left, now.left, visitor);
            if (old.value != now.value) {
                visitor.differs(old.key, old.value, now.value);
            }
            compare(old.right, now.right, visitor);
        }
    }

    /** MurmurHash3's finalizer: the hashes of ids in sequence are a sequence, which would make a list of the tree. */
    private static int mix(int hash) {
        int h = hash ^ (hash >>> 16);
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
