package io.weir.agent;

import io.weir.agent.marks.SeenEffects;
import io.weir.agent.spool.Store;
import java.util.List;
import java.util.Locale;

/** {@link SeenEffects} in the agent's store. */
final class SeenEffectsStore implements SeenEffects {
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
        store.meta(notesKey(action) + String.format(Locale.ROOT, "%09d", number), note);
    }

    @Override
    public List<String> notes(String action) {
        return store.metas(notesKey(action));
    }

    @Override
    public void forget(String action) {
        store.forgetMeta("seen:" + action + ".");
    }

    private static String notesKey(String action) {
        return "seen:" + action + ".notes.";
    }

    private static String key(String action, int attempt, String effect) {
        return "seen:" + action + "." + attempt + "." + effect;
    }
}
