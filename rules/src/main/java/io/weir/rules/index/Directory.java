package io.weir.rules.index;

import io.weir.rules.Glob;
import io.weir.rules.Rule;
import io.weir.rules.text.RegionMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory in the tree that the index is: rules anchored there, and directories below that have some. Immutable; a
 * changed tree shares with the one before it all directories but those on the way to what was changed.
 */
final class Directory {
    static final Directory EMPTY = new Directory(null, null, null, RegionMap.exact(Map.of()), 0, 0);

    private final @Nullable Bucket below;
    private final @Nullable Bucket directlyIn;
    /** What holds for every name below this directory. */
    private final @Nullable Directory anyChild;

    private final long childFilter;
    private final RegionMap<Directory> children;
    private final int childTypes;
    private final long childCost;
    private final int deeperTypes;
    private final int types;
    private final long cost;

    private Directory(
            @Nullable Bucket below,
            @Nullable Bucket directlyIn,
            @Nullable Directory anyChild,
            RegionMap<Directory> children,
            int childTypes,
            long childCost) {
        this.below = below;
        this.directlyIn = directlyIn;
        this.anyChild = anyChild;
        this.children = children;
        this.childFilter = children.filter();
        this.childTypes = childTypes;
        this.childCost = childCost;
        this.deeperTypes = childTypes | (anyChild == null ? 0 : anyChild.types);
        this.types = deeperTypes | (below == null ? 0 : below.types()) | (directlyIn == null ? 0 : directlyIn.types());
        this.cost = (below == null ? 0 : below.cost()) + Math.max(childCost + anyCost(), directCost());
    }

    private long anyCost() {
        return anyChild == null ? 0 : anyChild.cost;
    }

    private long directCost() {
        return directlyIn == null ? 0 : directlyIn.cost();
    }

    /** The root of a tree in which rules have come to anchors and left them. */
    Directory change(List<Edit> edits) {
        return change(edits, 1);
    }

    /**
     * Changes what lies at and below this directory.
     *
     * @param from where the names of anchors' directories go on below this one
     */
    private Directory change(List<Edit> edits, int from) {
        List<Edit> belowEdits = new ArrayList<>();
        List<Edit> directEdits = new ArrayList<>();
        Map<String, List<Edit>> byChild = new HashMap<>();
        for (Edit edit : edits) {
            String directory = edit.anchor().directory();
            if (from < directory.length()) {
                int slash = directory.indexOf('/', from);
                String child = directory.substring(from, slash < 0 ? directory.length() : slash);
                byChild.computeIfAbsent(child, name -> new ArrayList<>(1)).add(edit);
            } else {
                (edit.anchor().directlyIn() ? directEdits : belowEdits).add(edit);
            }
        }
        return changeChildren(changed(below, belowEdits), changed(directlyIn, directEdits), byChild, from);
    }

    private static @Nullable Bucket changed(@Nullable Bucket bucket, List<Edit> edits) {
        return edits.isEmpty()
                ? bucket
                : (bucket == null ? Bucket.EMPTY : bucket).change(edits).orNull();
    }

    private Directory changeChildren(
            @Nullable Bucket newBelow, @Nullable Bucket newDirect, Map<String, List<Edit>> byChild, int from) {
        List<Edit> anyEdits = byChild.remove(Glob.Hint.ANY);
        Directory newAny = anyEdits == null
                ? anyChild
                : (anyChild == null ? EMPTY : anyChild).change(anyEdits, from + Glob.Hint.ANY.length() + 1);
        if (newAny != null && newAny.isEmpty()) {
            newAny = null;
        }
        if (byChild.isEmpty()) {
            return new Directory(newBelow, newDirect, newAny, children, childTypes, childCost);
        }
        Map<String, Directory> put = new HashMap<>();
        List<String> removed = new ArrayList<>();
        Summary summary = new Summary(childTypes, childCost);
        byChild.forEach((name, edits) -> {
            Directory old = children.get(name);
            Directory changed = (old == null ? EMPTY : old).change(edits, from + name.length() + 1);
            if (changed.isEmpty()) {
                removed.add(name);
            } else {
                put.put(name, changed);
            }
            if (old != null) {
                summary.remove(old.types, old.cost);
            }
            summary.add(changed.types, changed.cost);
        });
        RegionMap<Directory> all = children.change(put, removed);
        if (summary.isStale()) {
            summary.clear();
            all.forEach((name, child) -> summary.add(child.types, child.cost));
        }
        return new Directory(newBelow, newDirect, newAny, all, summary.types(), summary.cost());
    }

    /** Whether it and what lies below it have no rules. */
    boolean isEmpty() {
        return types == 0;
    }

    /** The types of all rules in it and below. */
    int types() {
        return types;
    }

    /** Walks down along the event's path, from this directory as the root. */
    void probe(Probe probe) {
        walk(probe, 1);
    }

    private void walk(Probe probe, int start) {
        Directory directory = this;
        String path = probe.path();
        int nameStart = probe.nameStart();
        int from = start;
        while ((directory.types & probe.type()) != 0) {
            if (directory.below != null) {
                directory.below.probe(probe);
            }
            if (from >= nameStart) {
                if (directory.directlyIn != null) {
                    directory.directlyIn.probe(probe);
                }
                return;
            }
            if ((directory.deeperTypes & probe.type()) == 0) {
                return;
            }
            int to = path.indexOf('/', from);
            if (directory.anyChild != null) {
                directory.anyChild.walk(probe, to + 1);
            }
            int hash = RegionMap.hash(path, from, to);
            Directory child = (directory.childFilter & RegionMap.filterBit(hash)) == 0
                    ? null
                    : directory.children.get(path, from, to, hash);
            if (child == null) {
                return;
            }
            directory = child;
            from = to + 1;
        }
    }

    /** What an event costs at most whose path lies in this directory: on the dearest way down. */
    long cost() {
        return cost;
    }

    /** The rules on that way. */
    void dearest(Consumer<Rule> rules) {
        if (below != null) {
            below.dearest(rules);
        }
        if (childCost + anyCost() <= directCost()) {
            if (directlyIn != null) {
                directlyIn.dearest(rules);
            }
            return;
        }
        if (anyChild != null) {
            anyChild.dearest(rules);
        }
        boolean[] found = {false};
        children.forEach((name, child) -> {
            if (!found[0] && child.cost == childCost) {
                found[0] = true;
                child.dearest(rules);
            }
        });
    }
}
