package io.weir.agent;

import io.weir.agent.marks.SeenEffects;
import io.weir.agent.spool.Store;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link SeenEffects} in the agent's store. */
final class SeenEffectsStore implements SeenEffects {
    private static final String CLOSED = "closed:";

    private final Store store;

    SeenEffectsStore(Store store) {
        this.store = store;
    }

    @Override
    public boolean contains(String action, int attempt, String effect) {
        return store.meta(key(action, attempt, effect)).isPresent();
    }

    @Override
    public boolean add(String action, int attempt, String effect) {
        if (contains(action, attempt, effect)) {
            return false;
        }
        store.meta(key(action, attempt, effect), "seen");
        return true;
    }

    @Override
    public void note(String action, int number, String note) {
        store.meta(noteKey(action, number), note);
    }

    @Override
    public SortedMap<Integer, String> notes(String action) {
        SortedMap<Integer, String> notes = new TreeMap<>();
        String prefix = notesKey(action);
        store.metas(prefix).forEach((name, note) -> notes.put(Integer.valueOf(name.substring(prefix.length())), note));
        return notes;
    }

    @Override
    public void forgetNote(String action, int number) {
        store.forgetMeta(noteKey(action, number));
    }

    @Override
    public void forget(String action) {
        store.forgetMeta("seen:" + action + ".");
    }

    @Override
    public void close(String begin, String how) {
        store.meta(CLOSED + begin, how);
    }

    @Override
    public Map<String, String> closed() {
        Map<String, String> closed = new TreeMap<>();
        store.metas(CLOSED).forEach((name, how) -> closed.put(name.substring(CLOSED.length()), how));
        return closed;
    }

    @Override
    public void forgetClosed(String begin) {
        store.forgetMeta(CLOSED + begin);
    }

    private static String noteKey(String action, int number) {
        return notesKey(action) + String.format(Locale.ROOT, "%09d", number);
    }

    private static String notesKey(String action) {
        return "seen:" + action + ".notes.";
    }

    private static String key(String action, int attempt, String effect) {
        return "seen:" + action + "." + attempt + "." + effect;
    }
}
