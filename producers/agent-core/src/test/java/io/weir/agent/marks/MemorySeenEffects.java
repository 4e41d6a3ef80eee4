package io.weir.agent.marks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Seen effects that outlive a simulated kill. */
public final class MemorySeenEffects implements SeenEffects {
    private final Set<String> seen = new HashSet<>();
    private final Map<String, NavigableMap<Integer, String>> notes = new HashMap<>();
    private final Map<String, String> closed = new TreeMap<>();

    /** As it is now. */
    public MemorySeenEffects copy() {
        MemorySeenEffects copy = new MemorySeenEffects();
        copy.seen.addAll(seen);
        copy.closed.putAll(closed);
        notes.forEach((action, of) -> copy.notes.put(action, new TreeMap<>(of)));
        return copy;
    }

    public boolean isEmpty() {
        return seen.isEmpty() && closed.isEmpty() && notes.values().stream().allMatch(NavigableMap::isEmpty);
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
    public void note(String action, int number, String note) {
        notes.computeIfAbsent(action, a -> new TreeMap<>()).put(number, note);
    }

    @Override
    public SortedMap<Integer, String> notes(String action) {
        return new TreeMap<>(notes.getOrDefault(action, new TreeMap<>()));
    }

    @Override
    public void forgetNote(String action, int number) {
        notes.getOrDefault(action, new TreeMap<>()).remove(number);
    }

    @Override
    public void forget(String action) {
        notes.remove(action);
        seen.removeIf(key -> key.startsWith(action + "."));
    }

    @Override
    public void close(String begin, String how) {
        closed.put(begin, how);
    }

    @Override
    public Map<String, String> closed() {
        return Map.copyOf(closed);
    }

    @Override
    public void forgetClosed(String begin) {
        closed.remove(begin);
    }
}
