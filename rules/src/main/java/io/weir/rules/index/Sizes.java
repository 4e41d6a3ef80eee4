package io.weir.rules.index;

import io.weir.rules.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rules by the least size that they ask for. Immutable. */
final class Sizes {
    static final Sizes EMPTY = new Sizes(List.of());

    private final long[] leastSizes;
    private final Rule[] bySize;
    /** Those of them that a file of unknown size may satisfy. */
    private final Candidates unknown;

    private final int types;
    private final long cost;

    private Sizes(List<Sized> sorted) {
        leastSizes = sorted.stream().mapToLong(Sized::least).toArray();
        bySize = sorted.stream().map(Sized::rule).toArray(Rule[]::new);
        unknown = Candidates.of(
                sorted.stream().filter(Sized::orUnknown).map(Sized::rule).toList());
        types = sorted.stream().mapToInt(sized -> sized.rule().typeBits()).reduce(0, (one, other) -> one | other);
        cost = sorted.stream().mapToLong(sized -> sized.rule().cost()).sum();
    }

    private record Sized(long least, Rule rule, boolean orUnknown) {}

    Sizes change(List<Edit> edits) {
        Set<Rule> removed = new HashSet<>();
        List<Sized> all = new ArrayList<>();
        for (Edit edit : edits) {
            if (edit.put()) {
                Key key = edit.anchor().key();
                all.add(new Sized(key.least(), edit.rule(), key.kind() == Key.Kind.SIZE_OR_UNKNOWN));
            } else {
                removed.add(edit.rule());
            }
        }
        Set<Rule> ofUnknown = new HashSet<>(unknown.rules());
        for (int i = 0; i < bySize.length; i++) {
            if (!removed.contains(bySize[i])) {
                all.add(new Sized(leastSizes[i], bySize[i], ofUnknown.contains(bySize[i])));
            }
        }
        all.sort(Comparator.comparingLong(Sized::least));
        return new Sizes(all);
    }

    void ask(Probe probe) {
        if ((types & probe.type()) == 0) {
            return;
        }
        long size = probe.size();
        if (size < 0) {
            unknown.ask(probe);
        }
        for (int i = 0; i < bySize.length && leastSizes[i] <= size; i++) {
            probe.ask(bySize[i]);
        }
    }

    /** The least size that any of them asks for. */
    long least() {
        return leastSizes.length == 0 ? Long.MAX_VALUE : leastSizes[0];
    }

    @Nullable
    Sizes orNull() {
        return bySize.length == 0 ? null : this;
    }

    int types() {
        return types;
    }

    /** A file may be larger than all of them ask for. */
    long cost() {
        return cost;
    }

    void dearest(Consumer<Rule> rules) {
        List.of(bySize).forEach(rules);
    }
}
