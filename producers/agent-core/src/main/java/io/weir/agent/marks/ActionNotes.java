package io.weir.agent.marks;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The notes about actions, as they are kept in {@link SeenEffects}. For one thread at a time. */
final class ActionNotes {
    private final SeenEffects seen;
    /** By action, the notes with their numbers. */
    private final Map<String, Map<String, Integer>> notes = new HashMap<>();

    private final Map<String, Integer> lastNumbers = new HashMap<>();

    ActionNotes(SeenEffects seen) {
        this.seen = seen;
    }

    /** The notes about an action, in the order in which they were added. */
    List<String> of(String action) {
        return List.copyOf(map(action).keySet());
    }

    int size(String action) {
        return map(action).size();
    }

    boolean contains(String action, String note) {
        return map(action).containsKey(note);
    }

    /** Whether a note is kept about any action that is known. */
    boolean containsAny(String note) {
        return notes.values().stream().anyMatch(of -> of.containsKey(note));
    }

    void add(String action, String note) {
        Map<String, Integer> of = map(action);
        if (!of.containsKey(note)) {
            int number = lastNumbers.merge(action, 1, Integer::sum);
            of.put(note, number);
            seen.note(action, number, note);
        }
    }

    void remove(String action, String note) {
        @Nullable Integer number = map(action).remove(note);
        if (number != null) {
            seen.forgetNote(action, number);
        }
    }

    /** Removes a note about any action. */
    void removeEverywhere(String note) {
        List.copyOf(notes.keySet()).forEach(action -> remove(action, note));
    }

    /** The action is closed. */
    void close(String action) {
        notes.remove(action);
        lastNumbers.remove(action);
    }

    private Map<String, Integer> map(String action) {
        @Nullable Map<String, Integer> known = notes.get(action);
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
