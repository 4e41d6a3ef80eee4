package io.weir.agent.baseline;

import io.weir.agent.source.Place;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The entries used last, and the paths of the directories used last. Bounded. */
final class EntryCache {
    private static final int ENTRIES = 20_000;
    private static final int DIRECTORIES = 4_000;

    private record Key(long parent, String name) {
        // see Place

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && parent == key.parent && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Long.hashCode(parent);
        }
    }

    private final Consumer<Entry> evicted;
    private final Map<Key, Entry> byName = new HashMap<>();
    private final Map<Long, Entry> byId = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Entry> eldest) {
            if (size() <= ENTRIES) {
                return false;
            }
            byName.remove(key(eldest.getValue()));
            evicted.accept(eldest.getValue());
            return true;
        }
    };
    private final Map<Place, Long> directories = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Long> eldest) {
            return size() > DIRECTORIES;
        }
    };

    /** @param evicted told of each entry that makes room for another */
    EntryCache(Consumer<Entry> evicted) {
        this.evicted = evicted;
    }

    @Nullable
    Entry byName(long parent, String name) {
        Entry entry = byName.get(new Key(parent, name));
        if (entry != null) {
            byId.get(entry.id());
        }
        return entry;
    }

    @Nullable
    Entry byId(long id) {
        return byId.get(id);
    }

    @Nullable
    Long directory(Place place) {
        return directories.get(place);
    }

    void directory(Place place, long id) {
        directories.put(place, id);
    }

    void put(Entry entry) {
        Entry before = byId.put(entry.id(), entry);
        if (before != null) {
            byName.remove(key(before));
        }
        byName.put(key(entry), entry);
    }

    void remove(Entry entry) {
        Entry before = byId.remove(entry.id());
        if (before != null) {
            byName.remove(key(before));
        }
    }

    /** A directory has another path now, or none: so has all below it. */
    void forgetDirectories() {
        directories.clear();
    }

    void clear() {
        byName.clear();
        byId.clear();
        directories.clear();
    }

    private static Key key(Entry entry) {
        return new Key(entry.parent(), entry.name());
    }
}
