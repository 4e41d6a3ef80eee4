package io.weir.rules.index;

import io.weir.rules.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rules by how the event's name begins: a tree in which each way down spells a beginning, with all characters that only
 * lead to one node in a label. Immutable; a changed tree shares the nodes beside the way to the change.
 */
final class PrefixTree {
    static final PrefixTree EMPTY = new PrefixTree("", Candidates.NONE, new PrefixTree[0]);

    /** What the name has between the parent's beginning and this one's; empty only at the root. */
    private final String label;

    private final Candidates here;
    /** First characters of the children's labels, ascending. */
    private final char[] firsts;

    private final PrefixTree[] children;
    private final int types;
    private final long cost;

    private PrefixTree(String label, Candidates here, PrefixTree[] children) {
        this.label = label;
        this.here = here;
        this.children = children;
        this.firsts = new char[children.length];
        int allTypes = here.types();
        long dearest = 0;
        for (int i = 0; i < children.length; i++) {
            firsts[i] = children[i].label.charAt(0);
            allTypes |= children[i].types;
            dearest = Math.max(dearest, children[i].cost);
        }
        this.types = allTypes;
        this.cost = here.cost() + dearest;
    }

    /** Each edit's key says where. */
    PrefixTree change(List<Edit> edits) {
        Map<String, List<Edit>> byPrefix = new HashMap<>();
        for (Edit edit : edits) {
            byPrefix.computeIfAbsent(edit.anchor().key().text(), text -> new ArrayList<>(1))
                    .add(edit);
        }
        PrefixTree changed = this;
        for (Map.Entry<String, List<Edit>> one : byPrefix.entrySet()) {
            changed = changed.change(one.getKey(), one.getValue());
        }
        return changed;
    }

    private PrefixTree change(String rest, List<Edit> edits) {
        if (rest.isEmpty()) {
            return new PrefixTree(label, here.change(edits), children).shortened();
        }
        int at = Arrays.binarySearch(firsts, rest.charAt(0));
        PrefixTree old = at < 0 ? new PrefixTree(rest, Candidates.NONE, new PrefixTree[0]) : children[at].splitBy(rest);
        PrefixTree changed = old.change(rest.substring(old.label.length()), edits);
        List<PrefixTree> all = new ArrayList<>(List.of(children));
        if (at >= 0) {
            all.remove(at);
        }
        if (changed.types != 0) {
            all.add(at < 0 ? -at - 1 : at, changed);
        }
        return new PrefixTree(label, here, all.toArray(PrefixTree[]::new)).shortened();
    }

    /** This node, or one above it whose label the text begins with. */
    private PrefixTree splitBy(String text) {
        int same = 1;
        while (same < label.length() && same < text.length() && label.charAt(same) == text.charAt(same)) {
            same++;
        }
        return same == label.length()
                ? this
                : new PrefixTree(label.substring(0, same), Candidates.NONE, new PrefixTree[] {
                    new PrefixTree(label.substring(same), here, children)
                });
    }

    /** This node, or its only child if it has nothing else. */
    private PrefixTree shortened() {
        if (label.isEmpty() || children.length != 1 || !here.isEmpty()) {
            return this;
        }
        PrefixTree only = children[0];
        return new PrefixTree(label + only.label, only.here, only.children);
    }

    /** Walks down along the event's name. */
    void ask(Probe probe) {
        PrefixTree node = this;
        String path = probe.path();
        int at = probe.nameStart();
        while ((node.types & probe.type()) != 0) {
            node.here.ask(probe);
            int next = at < path.length() ? Arrays.binarySearch(node.firsts, path.charAt(at)) : -1;
            if (next < 0 || !path.startsWith(node.children[next].label, at)) {
                return;
            }
            node = node.children[next];
            at += node.label.length();
        }
    }

    /** Null if it has no rules. */
    @Nullable
    PrefixTree orNull() {
        return types == 0 ? null : this;
    }

    /** The types of all its rules. */
    int types() {
        return types;
    }

    /** What the dearest name costs. */
    long cost() {
        return cost;
    }

    /** The rules of that name. */
    void dearest(Consumer<Rule> rules) {
        here.rules().forEach(rules);
        for (PrefixTree child : children) {
            if (here.cost() + child.cost == cost) {
                child.dearest(rules);
                return;
            }
        }
    }
}
