package io.weir.rules.index;

import io.weir.rules.Rule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rules anchored at one place, in a table for each kind of key. Immutable. */
final class Bucket {
    static final Bucket EMPTY = new Bucket(Candidates.NONE, null, null, null, null, null);

    private final Candidates unkeyed;
    private final long nameFilter;
    private final @Nullable Table names;
    private final long extensionFilter;
    private final @Nullable Table extensions;
    private final @Nullable PrefixTree prefixes;
    private final @Nullable Table owners;
    private final long leastSize;
    private final @Nullable Sizes sizes;
    private final int types;
    private final long cost;

    private Bucket(
            Candidates unkeyed,
            @Nullable Table names,
            @Nullable Table extensions,
            @Nullable PrefixTree prefixes,
            @Nullable Table owners,
            @Nullable Sizes sizes) {
        this.unkeyed = unkeyed;
        this.names = names;
        this.extensions = extensions;
        this.prefixes = prefixes;
        this.owners = owners;
        this.sizes = sizes;
        this.nameFilter = names == null ? 0 : names.filter();
        this.extensionFilter = extensions == null ? 0 : extensions.filter();
        this.leastSize = sizes == null ? Long.MAX_VALUE : sizes.least();
        this.types = unkeyed.types()
                | types(names)
                | types(extensions)
                | types(owners)
                | (prefixes == null ? 0 : prefixes.types())
                | (sizes == null ? 0 : sizes.types());
        this.cost = unkeyed.cost()
                + cost(names)
                + cost(extensions)
                + cost(owners)
                + (prefixes == null ? 0 : prefixes.cost())
                + (sizes == null ? 0 : sizes.cost());
    }

    private static int types(@Nullable Table table) {
        return table == null ? 0 : table.types();
    }

    private static long cost(@Nullable Table table) {
        return table == null ? 0 : table.cost();
    }

    Bucket change(List<Edit> edits) {
        Map<Key.Kind, List<Edit>> byKind = new EnumMap<>(Key.Kind.class);
        for (Edit edit : edits) {
            Key.Kind its = edit.anchor().key().kind();
            byKind.computeIfAbsent(its == Key.Kind.SIZE_OR_UNKNOWN ? Key.Kind.SIZE : its, kind -> new ArrayList<>(1))
                    .add(edit);
        }
        List<Edit> unkeyedEdits = byKind.get(Key.Kind.NONE);
        List<Edit> prefixEdits = byKind.get(Key.Kind.PREFIX);
        List<Edit> sizeEdits = byKind.get(Key.Kind.SIZE);
        return new Bucket(
                unkeyedEdits == null ? unkeyed : unkeyed.change(unkeyedEdits),
                changed(names, Table.EXACT, byKind.get(Key.Kind.NAME)),
                changed(extensions, Table.IGNORING_CASE, byKind.get(Key.Kind.EXTENSION)),
                prefixEdits == null
                        ? prefixes
                        : (prefixes == null ? PrefixTree.EMPTY : prefixes)
                                .change(prefixEdits)
                                .orNull(),
                changed(owners, Table.EXACT, byKind.get(Key.Kind.OWNER)),
                sizeEdits == null
                        ? sizes
                        : (sizes == null ? Sizes.EMPTY : sizes)
                                .change(sizeEdits)
                                .orNull());
    }

    private static @Nullable Table changed(@Nullable Table table, Table empty, @Nullable List<Edit> edits) {
        return edits == null
                ? table
                : (table == null ? empty : table).change(edits).orNull();
    }

    @Nullable
    Bucket orNull() {
        return types == 0 ? null : this;
    }

    /** The types of all rules in it. */
    int types() {
        return types;
    }

    /** Asks the rules whose key the event has. */
    void probe(Probe probe) {
        if ((types & probe.type()) == 0) {
            return;
        }
        unkeyed.ask(probe);
        if (names != null) {
            probe.askByName(names, nameFilter);
        }
        if (extensions != null) {
            probe.askByExtension(extensions, extensionFilter);
        }
        if (prefixes != null) {
            prefixes.ask(probe);
        }
        if (owners != null) {
            probe.askByOwner(owners);
        }
        if (sizes != null && probe.mayHaveSize(leastSize)) {
            sizes.ask(probe);
        }
    }

    /** What an event costs at most that meets the dearest value of each table. */
    long cost() {
        return cost;
    }

    /** The rules which that event asks. */
    void dearest(Consumer<Rule> rules) {
        unkeyed.rules().forEach(rules);
        for (Table table : new @Nullable Table[] {names, extensions, owners}) {
            if (table != null) {
                table.dearest(rules);
            }
        }
        if (prefixes != null) {
            prefixes.dearest(rules);
        }
        if (sizes != null) {
            sizes.dearest(rules);
        }
    }
}
