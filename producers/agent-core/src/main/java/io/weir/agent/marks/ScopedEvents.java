package io.weir.agent.marks;

import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Events that were taken for an action's own by scope alone, for each action that may have caused them, until its program has
 * said what it changed. For one thread at a time.
 */
final class ScopedEvents {
    /** Of a program that changes more, all in its scope counts as its own, whatever it says. */
    private static final int MOST = 10_000;

    private final SeenEffects seen;
    /** By action, the notes with their numbers. */
    private final Map<String, Map<String, Integer>> notes = new HashMap<>();

    private final Map<String, Integer> lastNumbers = new HashMap<>();

    ScopedEvents(SeenEffects seen) {
        this.seen = seen;
    }

    void add(String action, ScopedEvent event) {
        Map<String, Integer> of = notes(action);
        if (of.size() <= MOST && !of.containsKey(event.note())) {
            int number = lastNumbers.merge(action, 1, Integer::sum);
            of.put(event.note(), number);
            seen.note(action, number, event.note());
        }
    }

    /**
     * An action is over: what it explains, no other action has to; what it does not and no other may, is given, in the order
     * in which it came.
     *
     * @param explains whether it says that it changed what is at a place
     */
    List<ScopedEvent> settle(String action, String volume, Predicate<Place> explains) {
        Map<String, Integer> of = notes(action);
        boolean tooMany = of.size() > MOST;
        List<ScopedEvent> unexplained = new ArrayList<>();
        for (String note : List.copyOf(of.keySet())) {
            ScopedEvent event = ScopedEvent.of(note, volume);
            if (tooMany || explains.test(event.place())) {
                List.copyOf(notes.keySet()).forEach(any -> remove(any, note));
            } else {
                remove(action, note);
                if (notes.values().stream().noneMatch(others -> others.containsKey(note))) {
                    unexplained.add(event);
                }
            }
        }
        return unexplained;
    }

    private void remove(String action, String note) {
        Integer number = notes(action).remove(note);
        if (number != null) {
            seen.forgetNote(action, number);
        }
    }

    /** They are not needed any more. */
    void close(String action) {
        notes.remove(action);
        lastNumbers.remove(action);
    }

    /** An action's, as they were kept. */
    void recall(String action) {
        notes(action);
    }

    private Map<String, Integer> notes(String action) {
        Map<String, Integer> known = notes.get(action);
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Map.Entry<Integer, String> kept : seen.notes(action).entrySet()) {
                known.put(kept.getValue(), kept.getKey());
                lastNumbers.merge(action, kept.getKey(), Math::max);
            }
            notes.put(action, known);
        }
        return known;
    }
}
