package io.weir.rules.index;

import io.weir.rules.EventTypes;
import io.weir.rules.EventView;
import io.weir.rules.Glob;
import io.weir.rules.Matcher;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.text.RegionMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks only the candidates that its index gives. There is one tree of directories for each volume that rules name, and
 * one for the rules that hold on any volume, or on those that fit a glob. Matching allocates nothing, unless more than 31
 * rules match. Immutable; a change makes another one, which shares what the change does not touch.
 */
public final class IndexMatcher implements Matcher {
    /** Without rules. */
    public static final IndexMatcher EMPTY = new IndexMatcher(Directory.EMPTY, RegionMap.exact(Map.of()), 0);

    private static final ThreadLocal<Probe> PROBE = ThreadLocal.withInitial(Probe::new);

    private final Directory anyVolume;
    private final RegionMap<Directory> byVolume;
    private final long volumeCost;

    private IndexMatcher(Directory anyVolume, RegionMap<Directory> byVolume, long volumeCost) {
        this.anyVolume = anyVolume;
        this.byVolume = byVolume;
        this.volumeCost = volumeCost;
    }

    /** A matcher for these rules. */
    public static IndexMatcher of(Collection<Rule> rules) {
        return EMPTY.change(List.of(), rules);
    }

    /**
     * A matcher for other rules, in time that depends on the change and the directories that it touches.
     *
     * @param removed the very objects that were added before
     * @param added rules that it does not have
     */
    public IndexMatcher change(Collection<Rule> removed, Collection<Rule> added) {
        List<Edit> anyEdits = new ArrayList<>();
        Map<String, List<Edit>> volumeEdits = new HashMap<>();
        removed.forEach(rule -> edit(rule, false, anyEdits, volumeEdits));
        added.forEach(rule -> edit(rule, true, anyEdits, volumeEdits));
        Map<String, Directory> put = new HashMap<>();
        List<String> gone = new ArrayList<>();
        volumeEdits.forEach((volume, edits) -> {
            Directory old = byVolume.get(volume);
            Directory changed = (old == null ? Directory.EMPTY : old).change(edits);
            if (changed.isEmpty()) {
                gone.add(volume);
            } else {
                put.put(volume, changed);
            }
        });
        RegionMap<Directory> volumes = volumeEdits.isEmpty() ? byVolume : byVolume.change(put, gone);
        long[] dearest = {0};
        volumes.forEach((volume, root) -> dearest[0] = Math.max(dearest[0], root.cost()));
        return new IndexMatcher(anyEdits.isEmpty() ? anyVolume : anyVolume.change(anyEdits), volumes, dearest[0]);
    }

    private static void edit(Rule rule, boolean put, List<Edit> anyEdits, Map<String, List<Edit>> volumeEdits) {
        if (rule.mode() == Mode.OFF) {
            return;
        }
        List<Edit> edits = Anchors.of(rule.condition()).stream()
                .map(anchor -> new Edit(anchor, rule, put))
                .toList();
        List<String> volumes = names(rule.volumes());
        if (volumes.isEmpty()) {
            anyEdits.addAll(edits);
        }
        for (String volume : volumes) {
            volumeEdits.computeIfAbsent(volume, name -> new ArrayList<>()).addAll(edits);
        }
    }

    /** The volumes if all are given by name; else none. */
    private static List<String> names(List<Glob> volumes) {
        List<Optional<String>> literals = volumes.stream()
                .flatMap(glob -> glob.hints().stream())
                .map(Glob.Hint::literal)
                .toList();
        return literals.stream().allMatch(Optional::isPresent)
                ? literals.stream().flatMap(Optional::stream).distinct().toList()
                : List.of();
    }

    @Override
    public void match(EventView event, Consumer<Rule> matches) {
        String volume = event.volume();
        Directory named = byVolume.get(volume, 0, volume.length(), volume.hashCode());
        int type = EventTypes.bit(event.type());
        if (((anyVolume.types() | (named == null ? 0 : named.types())) & type) == 0) {
            return;
        }
        Probe probe = PROBE.get();
        if (probe.isBusy()) {
            probe = new Probe();
        }
        probe.load(event, volume, type);
        try {
            anyVolume.probe(probe);
            if (named != null) {
                named.probe(probe);
            }
            probe.give(matches);
        } finally {
            probe.release();
        }
    }

    /**
     * How many condition evaluations ({@link Rule#cost}) an event may cause at most: those of all rules that the index
     * gives it if it takes the dearest way through the tree, with the dearest name, extension, owner and size at each
     * directory. Whether one event can have all these at once, and the event's type, are left out of account.
     */
    public long cost() {
        return anyVolume.cost() + volumeCost;
    }

    /** Gives the rules that make up the {@link #cost}. */
    public void dearest(Consumer<Rule> rules) {
        anyVolume.dearest(rules);
        boolean[] found = {false};
        byVolume.forEach((volume, root) -> {
            if (!found[0] && root.cost() == volumeCost) {
                found[0] = true;
                root.dearest(rules);
            }
        });
    }
}
