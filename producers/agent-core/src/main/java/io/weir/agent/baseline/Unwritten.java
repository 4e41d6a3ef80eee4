package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries whose last state is not in the table yet: what is added, changed and removed within one transaction costs one
 * statement, or none.
 */
final class Unwritten {
    private final Map<Long, Entry> added = new LinkedHashMap<>();
    private final Map<Long, Entry> changed = new LinkedHashMap<>();
    private final Map<String, Set<Long>> byFile = new HashMap<>();

    boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty();
    }

    int size() {
        return added.size() + changed.size();
    }

    boolean contains(long id) {
        return added.containsKey(id) || changed.containsKey(id);
    }

    /** One that the table does not have. */
    void add(Entry entry) {
        added.put(entry.id(), entry);
        index(entry);
    }

    /** A new state of one. */
    void save(Entry entry) {
        Map<Long, Entry> of = added.containsKey(entry.id()) ? added : changed;
        unindex(of.put(entry.id(), entry));
        index(entry);
    }

    /** A new place of one; false if the table has it, under its old place. */
    boolean move(Entry entry) {
        Entry before = added.replace(entry.id(), entry);
        if (before != null) {
            return true;
        }
        changed.replace(entry.id(), entry);
        return false;
    }

    /** Forgets one; false if the table has it. */
    boolean remove(long id) {
        Entry neverWritten = added.remove(id);
        unindex(neverWritten);
        unindex(changed.remove(id));
        return neverWritten != null;
    }

    Set<Long> idsOfFile(String fileId) {
        return byFile.getOrDefault(fileId, Set.of());
    }

    Collection<Entry> added() {
        return added.values();
    }

    Collection<Entry> changed() {
        return changed.values();
    }

    void clear() {
        added.clear();
        changed.clear();
        byFile.clear();
    }

    private void index(Entry entry) {
        FileStat known = entry.known();
        if (known != null) {
            byFile.computeIfAbsent(known.fileId(), f -> new HashSet<>(2)).add(entry.id());
        }
    }

    private void unindex(@Nullable Entry entry) {
        FileStat known = entry == null ? null : entry.known();
        if (entry == null || known == null) {
            return;
        }
        Set<Long> ids = byFile.get(known.fileId());
        if (ids != null && ids.remove(entry.id()) && ids.isEmpty()) {
            byFile.remove(known.fileId());
        }
    }
}
