package io.weir.rules.index;

import io.weir.rules.Rule;
import io.weir.rules.text.RegionMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules anchored at one place, in a table for each kind of key. Immutable. */
final class Bucket {
    private static final int[] PREFIXES = Probe.PREFIXES;

    private final int types;
    private final Rule[] unkeyed;
    private final @Nullable RegionMap<Rule[]> names;
    private final @Nullable RegionMap<Rule[]> extensions;
    private final @Nullable RegionMap<Rule[]> prefixes;
    private final boolean[] prefixLengths;
    private final @Nullable Map<String, Rule[]> owners;
    private final long[] leastSizes;
    private final Rule[] bySize;

    private Bucket(Builder builder) {
        types = builder.types;
        unkeyed = builder.unkeyed.toArray(Rule[]::new);
        names = builder.table(Key.Kind.NAME, RegionMap::exact);
        extensions = builder.table(Key.Kind.EXTENSION, RegionMap::ignoringCase);
        prefixes = builder.table(Key.Kind.PREFIX, RegionMap::exact);
        prefixLengths = builder.prefixLengths();
        owners = builder.table(Key.Kind.OWNER, Map::copyOf);
        List<SizedRule> sized = builder.sized.stream()
                .sorted(Comparator.comparingLong(SizedRule::least))
                .toList();
        leastSizes = sized.stream().mapToLong(SizedRule::least).toArray();
        bySize = sized.stream().map(SizedRule::rule).toArray(Rule[]::new);
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
        probe.ask(unkeyed);
        if (names != null) {
            ask(probe, probe.byName(names));
        }
        if (extensions != null) {
            ask(probe, probe.byExtension(extensions));
        }
        if (prefixes != null) {
            for (int i = 0; i < PREFIXES.length; i++) {
                if (prefixLengths[i]) {
                    ask(probe, probe.byPrefix(prefixes, PREFIXES[i]));
                }
            }
        }
        if (owners != null) {
            String owner = probe.owner();
            ask(probe, owner == null ? null : owners.get(owner));
        }
        if (bySize.length > 0) {
            askBySize(probe);
        }
    }

    private static void ask(Probe probe, Rule @Nullable [] candidates) {
        if (candidates != null) {
            probe.ask(candidates);
        }
    }

    private void askBySize(Probe probe) {
        long size = probe.size();
        for (int i = 0; i < bySize.length && leastSizes[i] <= size; i++) {
            probe.ask(bySize[i]);
        }
    }

    /** A rule that needs a size. */
    private record SizedRule(long least, Rule rule) {}

    /** Collects rules. */
    static final class Builder {
        private int types;
        private final Set<Rule> unkeyed = new LinkedHashSet<>();
        private final Map<Key.Kind, Map<String, List<Rule>>> tables = new EnumMap<>(Key.Kind.class);
        private final List<SizedRule> sized = new ArrayList<>();

        void add(Key key, Rule rule) {
            types |= rule.typeBits();
            switch (key.kind()) {
                case NONE -> unkeyed.add(rule);
                case SIZE -> sized.add(new SizedRule(key.least(), rule));
                case OWNER, PREFIX, EXTENSION, NAME ->
                    tables.computeIfAbsent(key.kind(), kind -> new HashMap<>())
                            .computeIfAbsent(key.text(), text -> new ArrayList<>())
                            .add(rule);
            }
        }

        Bucket build() {
            return new Bucket(this);
        }

        private <T> @Nullable T table(Key.Kind kind, Function<Map<String, Rule[]>, T> make) {
            Map<String, List<Rule>> lists = tables.get(kind);
            if (lists == null) {
                return null;
            }
            Map<String, Rule[]> arrays = new HashMap<>();
            lists.forEach((text, rules) -> arrays.put(text, rules.toArray(Rule[]::new)));
            return make.apply(arrays);
        }

        private boolean[] prefixLengths() {
            boolean[] lengths = new boolean[PREFIXES.length];
            Set<String> texts = tables.getOrDefault(Key.Kind.PREFIX, Map.of()).keySet();
            for (int i = 0; i < lengths.length; i++) {
                int length = PREFIXES[i];
                lengths[i] = texts.stream().anyMatch(text -> text.length() == length);
            }
            return lengths;
        }
    }
}
