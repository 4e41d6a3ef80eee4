package io.weir.agent.marks;

import java.util.HashSet;
import java.util.Set;

/** Seen effects that outlive a simulated kill. */
public final class MemorySeenEffects implements SeenEffects {
    private final Set<String> seen = new HashSet<>();

    /** As it is now. */
    public MemorySeenEffects copy() {
        MemorySeenEffects copy = new MemorySeenEffects();
        copy.seen.addAll(seen);
        return copy;
    }

    public boolean isEmpty() {
        return seen.isEmpty();
    }

    @Override
    public boolean contains(String action, int attempt, String effect) {
        return seen.contains(action + "." + attempt + "." + effect);
    }

    @Override
    public boolean add(String action, int attempt, String effect) {
        return seen.add(action + "." + attempt + "." + effect);
    }

    @Override
    public void forget(String action) {
        seen.removeIf(key -> key.startsWith(action + "."));
    }
}
