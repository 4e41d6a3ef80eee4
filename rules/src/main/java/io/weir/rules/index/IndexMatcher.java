package io.weir.rules.index;

import io.weir.rules.EventTypes;
import io.weir.rules.EventView;
import io.weir.rules.Glob;
import io.weir.rules.Matcher;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks only the candidates that its index gives. There is one tree of directories for each volume that rules name, and
 * one for the rules that hold on any volume, or on those that fit a glob. An event that no rule matches costs no
 * allocation.
 */
public final class IndexMatcher implements Matcher {
    private static final ThreadLocal<Probe> PROBE = ThreadLocal.withInitial(Probe::new);

    private final @Nullable Directory anyVolume;
    private final Map<String, Directory> byVolume;
    private final int types;

    public IndexMatcher(Collection<Rule> rules) {
        Directory.Builder any = new Directory.Builder();
        Map<String, Directory.Builder> named = new HashMap<>();
        int bits = 0;
        boolean hasAny = false;
        for (Rule rule : rules) {
            if (rule.mode() == Mode.OFF) {
                continue;
            }
            bits |= rule.typeBits();
            Set<Anchor> anchors = Anchors.of(rule.condition());
            List<String> volumes = names(rule.volumes());
            hasAny |= volumes.isEmpty();
            if (volumes.isEmpty()) {
                anchors.forEach(anchor -> any.add(anchor, rule));
            }
            for (String volume : volumes) {
                Directory.Builder root = named.computeIfAbsent(volume, name -> new Directory.Builder());
                anchors.forEach(anchor -> root.add(anchor, rule));
            }
        }
        types = bits;
        anyVolume = hasAny ? any.build() : null;
        byVolume = new HashMap<>();
        named.forEach((volume, root) -> byVolume.put(volume, root.build()));
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
        int type = EventTypes.bit(event.type());
        if ((types & type) == 0) {
            return;
        }
        Rule[] found = find(event, type);
        if (found.length > 0) {
            give(found, matches);
        }
    }

    private Rule[] find(EventView event, int type) {
        String volume = event.volume();
        Directory named = byVolume.isEmpty() ? null : byVolume.get(volume);
        Probe probe = PROBE.get();
        probe.load(event, volume, type);
        try {
            if (anyVolume != null) {
                anyVolume.probe(probe);
            }
            if (named != null) {
                named.probe(probe);
            }
            return probe.found();
        } finally {
            probe.release();
        }
    }

    private static void give(Rule[] found, Consumer<Rule> matches) {
        if (found.length > 1) {
            Arrays.sort(found, Comparator.comparing(Rule::id));
        }
        Rule before = null;
        for (Rule rule : found) {
            if (rule != before) {
                matches.accept(rule);
            }
            before = rule;
        }
    }
}
