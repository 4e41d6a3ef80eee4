package io.weir.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Rules in the order of their ids: a treap whose priorities are hashes of the ids. Immutable; a changed tree shares all
 * nodes but those on the way to the change, of which there are some two dozen among 100,000. Its shape depends only on the
 * ids that it has, not on how they came; so the hash over a node and its two subtrees, kept in each, tells sets apart.
 */
final class RuleTree {
    private static final String NONE = HexFormat.of().formatHex(sha256(""));

    private final Rule rule;
    private final long priority;
    private final @Nullable RuleTree left;
    private final @Nullable RuleTree right;
    private final int size;
    private @Nullable String hash;

    private RuleTree(Rule rule, long priority, @Nullable RuleTree left, @Nullable RuleTree right) {
        this.rule = rule;
        this.priority = priority;
        this.left = left;
        this.right = right;
        this.size = 1 + size(left) + size(right);
    }

    static int size(@Nullable RuleTree tree) {
        return tree == null ? 0 : tree.size;
    }

    static @Nullable Rule find(@Nullable RuleTree tree, String id) {
        RuleTree at = tree;
        while (at != null) {
            int order = id.compareTo(at.rule.id());
            if (order == 0) {
                return at.rule;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    /** The tree with the rule, in place of the one with its id. */
    static RuleTree put(@Nullable RuleTree tree, Rule rule) {
        return put(tree, rule, priority(rule.id()));
    }

    private static RuleTree put(@Nullable RuleTree tree, Rule rule, long priority) {
        if (tree == null) {
            return new RuleTree(rule, priority, null, null);
        }
        int order = rule.id().compareTo(tree.rule.id());
        if (order == 0) {
            return new RuleTree(rule, priority, tree.left, tree.right);
        }
        if (order < 0) {
            RuleTree below = put(tree.left, rule, priority);
            return below.isAbove(tree)
                    ? below.with(below.left, tree.with(below.right, tree.right))
                    : tree.with(below, tree.right);
        }
        RuleTree below = put(tree.right, rule, priority);
        return below.isAbove(tree)
                ? below.with(tree.with(tree.left, below.left), below.right)
                : tree.with(tree.left, below);
    }

    /** The tree without the id; null if nothing is left. */
    static @Nullable RuleTree remove(@Nullable RuleTree tree, String id) {
        if (tree == null) {
            return null;
        }
        int order = id.compareTo(tree.rule.id());
        if (order == 0) {
            return joined(tree.left, tree.right);
        }
        return order < 0 ? tree.with(remove(tree.left, id), tree.right) : tree.with(tree.left, remove(tree.right, id));
    }

    private static @Nullable RuleTree joined(@Nullable RuleTree left, @Nullable RuleTree right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.isAbove(right)
                ? left.with(left.left, joined(left.right, right))
                : right.with(joined(left, right.left), right.right);
    }

    private RuleTree with(@Nullable RuleTree newLeft, @Nullable RuleTree newRight) {
        return new RuleTree(rule, priority, newLeft, newRight);
    }

    private boolean isAbove(RuleTree other) {
        return priority == other.priority ? rule.id().compareTo(other.rule.id()) < 0 : priority > other.priority;
    }

    private static long priority(String id) {
        return ByteBuffer.wrap(sha256(id)).getLong();
    }

    /** SHA-256, hexadecimal; of a node that is shared it is computed once. */
    static String hash(@Nullable RuleTree tree) {
        if (tree == null) {
            return NONE;
        }
        String known = tree.hash;
        if (known == null) {
            known = HexFormat.of()
                    .formatHex(sha256(hash(tree.left) + ":" + tree.rule.fullHash() + ":" + hash(tree.right)));
            tree.hash = known;
        }
        return known;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static Iterator<Rule> iterator(@Nullable RuleTree tree) {
        return new InOrder(tree);
    }

    private static final class InOrder implements Iterator<Rule> {
        private final Deque<RuleTree> waiting = new ArrayDeque<>();

        InOrder(@Nullable RuleTree tree) {
            queue(tree);
        }

        private void queue(@Nullable RuleTree tree) {
            for (RuleTree at = tree; at != null; at = at.left) {
                waiting.push(at);
            }
        }

        @Override
        public boolean hasNext() {
            return !waiting.isEmpty();
        }

        @Override
        public Rule next() {
            RuleTree at = waiting.poll();
            if (at == null) {
                throw new NoSuchElementException();
            }
            queue(at.right);
            return at.rule;
        }
    }
}
