package io.weir.agent.marks;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events that were taken for an action's own by scope alone, kept until its program has said what it changed. For one thread
 * at a time.
 */
final class ScopedEvents {
    /** Of a program that changes more, all in its scope counts as its own, whatever it says. */
    private static final int MOST = 10_000;

    private final SeenEffects seen;
    private final Map<String, Set<String>> notes = new HashMap<>();

    ScopedEvents(SeenEffects seen) {
        this.seen = seen;
    }

    void add(String action, ScopedEvent event) {
        Set<String> of = notes(action);
        if (of.size() <= MOST && of.add(event.note())) {
            seen.note(action, of.size(), event.note());
        }
    }

    /** In the order in which they came, each once; none if they are too many to tell. */
    List<ScopedEvent> of(String action, String volume) {
        Set<String> of = notes(action);
        return of.size() > MOST
                ? List.of()
                : of.stream().map(note -> ScopedEvent.of(note, volume)).toList();
    }

    /** They are not needed any more. */
    void close(String action) {
        notes.remove(action);
    }

    private Set<String> notes(String action) {
        return notes.computeIfAbsent(action, a -> new LinkedHashSet<>(seen.notes(a)));
    }
}
