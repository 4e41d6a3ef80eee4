package io.weir.rules.index;

import io.weir.rules.Rule;
import io.weir.rules.text.RegionMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rules by a value that the event must have. Immutable. */
final class Table {
    static final Table EXACT = new Table(RegionMap.exact(Map.of()), 0, 0);
    static final Table IGNORING_CASE = new Table(RegionMap.ignoringCase(Map.of()), 0, 0);

    private final RegionMap<Candidates> byText;
    private final int types;
    private final long cost;

    private Table(RegionMap<Candidates> byText, int types, long cost) {
        this.byText = byText;
        this.types = types;
        this.cost = cost;
    }

    /** Each edit's key says where. */
    Table change(List<Edit> edits) {
        Map<String, List<Edit>> byKey = new HashMap<>();
        for (Edit edit : edits) {
            byKey.computeIfAbsent(edit.anchor().key().text(), text -> new ArrayList<>(1))
                    .add(edit);
        }
        Map<String, Candidates> put = new HashMap<>();
        List<String> removed = new ArrayList<>();
        Summary summary = new Summary(types, cost);
        byKey.forEach((text, its) -> {
            Candidates old = byText.get(text);
            Candidates changed = (old == null ? Candidates.NONE : old).change(its);
            if (changed.isEmpty()) {
                removed.add(text);
            } else {
                put.put(text, changed);
            }
            if (old != null) {
                summary.remove(old.types(), old.cost());
            }
            summary.add(changed.types(), changed.cost());
        });
        RegionMap<Candidates> all = byText.change(put, removed);
        if (summary.isStale()) {
            summary.clear();
            all.forEach((text, candidates) -> summary.add(candidates.types(), candidates.cost()));
        }
        return new Table(all, summary.types(), summary.cost());
    }

    /** What it has for a stretch of text; null if nothing. */
    @Nullable
    Candidates get(String text, int from, int to, int hash) {
        return byText.get(text, from, to, hash);
    }

    /** See {@link RegionMap#filter}. */
    long filter() {
        return byText.filter();
    }

    /** Null if it has no rules. */
    @Nullable
    Table orNull() {
        return byText.size() == 0 ? null : this;
    }

    /** The types of all its rules. */
    int types() {
        return types;
    }

    /** What the dearest of its values costs an event that has it. */
    long cost() {
        return cost;
    }

    /** The rules of that value. */
    void dearest(Consumer<Rule> rules) {
        boolean[] found = {false};
        byText.forEach((text, candidates) -> {
            if (!found[0] && candidates.cost() == cost) {
                found[0] = true;
                candidates.rules().forEach(rules);
            }
        });
    }
}
