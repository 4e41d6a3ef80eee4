package io.weir.agent.marks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Seen effects that outlive a simulated kill. */
public final class MemorySeenEffects implements SeenEffects {
    private final Set<String> seen = new HashSet<>();
    private final Map<String, List<String>> notes = new HashMap<>();

    @Override
    public boolean contains(String action, int attempt, String effect) {
        return seen.contains(action + "." + attempt + "." + effect);
    }

    @Override
    public boolean add(String action, int attempt, String effect) {
        return seen.add(action + "." + attempt + "." + effect);
    }

    @Override
    public void note(String action, int number, String note) {
        notes.computeIfAbsent(action, a -> new ArrayList<>()).add(note);
    }

    @Override
    public List<String> notes(String action) {
        return notes.getOrDefault(action, List.of());
    }

    @Override
    public void forget(String action) {
        notes.remove(action);
        seen.removeIf(key -> key.startsWith(action + "."));
    }
}
