package io.weir.rules.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map from text, asked by a stretch of a longer text, so that nothing is cut out of a path to look it
 * up. A small one is a table with open addressing and linear probing, at most half full; a large one is an array of small
 * ones, by hash. {@link #change} makes another map that shares all small ones but those that it touches.
 */
public final class RegionMap<V> {
    /** So many entries at most have the small maps of a large one in the mean. */
    private static final int MANY = 64;

    /** So many have they in the mean when a large map is laid out anew. */
    private static final int SOME = 16;

    private static final int SPREAD = 0x9E3779B9;

    private final boolean ignoreCase;
    private final int size;
    private final long filter;
    /** Of a large map; null in a small one. */
    private final @Nullable List<RegionMap<V>> parts;
    /** Hashes by slot; 0 where the slot is free. */
    private final int[] marks;
    /** By slot, key and value beside each other. */
    private final @Nullable Object[] entries;

    private RegionMap(Map<String, ? extends V> entries, boolean ignoreCase) {
        int capacity = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
        this.ignoreCase = ignoreCase;
        this.size = entries.size();
        this.parts = null;
        this.marks = new int[capacity];
        this.entries = new Object[capacity * 2];
        long bits = 0;
        for (Map.Entry<String, ? extends V> entry : entries.entrySet()) {
            put(entry.getKey(), entry.getValue());
            bits |= filterBit(hash(entry.getKey()));
        }
        this.filter = bits;
    }

    private RegionMap(List<RegionMap<V>> parts, int size, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        this.size = size;
        this.parts = parts;
        this.marks = new int[0];
        this.entries = new Object[0];
        this.filter = parts.stream().mapToLong(RegionMap::filter).reduce(0, (one, other) -> one | other);
    }

    /** Keys are told apart by every character. */
    public static <V> RegionMap<V> exact(Map<String, ? extends V> entries) {
        return of(entries, false);
    }

    /** Upper and lower case of a character are the same; keys must be {@link #fold}ed. */
    public static <V> RegionMap<V> ignoringCase(Map<String, ? extends V> entries) {
        return of(entries, true);
    }

    private static <V> RegionMap<V> of(Map<String, ? extends V> entries, boolean ignoreCase) {
        if (entries.size() <= MANY) {
            return new RegionMap<>(entries, ignoreCase);
        }
        int count = Integer.highestOneBit(entries.size() / SOME);
        List<Map<String, V>> split = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            split.add(new HashMap<>());
        }
        entries.forEach((key, value) -> split.get(part(hash(key), count)).put(key, value));
        List<RegionMap<V>> parts = new ArrayList<>();
        split.forEach(part -> parts.add(new RegionMap<>(part, ignoreCase)));
        return new RegionMap<>(parts, entries.size(), ignoreCase);
    }

    /** The map without these keys, then with those entries; keys as for the methods that make a map. */
    public RegionMap<V> change(Map<String, ? extends V> put, Collection<String> removed) {
        List<RegionMap<V>> old = parts;
        if (old == null || (put.size() + removed.size()) * (long) SOME > size) {
            return of(merged(put, removed), ignoreCase);
        }
        List<RegionMap<V>> changed = new ArrayList<>(old);
        for (String key : removed) {
            int part = part(hash(key), old.size());
            changed.set(part, new RegionMap<>(changed.get(part).merged(Map.of(), List.of(key)), ignoreCase));
        }
        put.forEach((key, value) -> {
            int part = part(hash(key), old.size());
            changed.set(part, new RegionMap<>(changed.get(part).merged(Map.of(key, value), List.of()), ignoreCase));
        });
        int newSize = 0;
        for (RegionMap<V> part : changed) {
            newSize += part.size;
        }
        RegionMap<V> result = new RegionMap<>(changed, newSize, ignoreCase);
        boolean fits = newSize <= changed.size() * (long) MANY && newSize * 4L >= changed.size() * (long) SOME;
        return fits ? result : of(result.merged(Map.of(), List.of()), ignoreCase);
    }

    private Map<String, V> merged(Map<String, ? extends V> put, Collection<String> removed) {
        Map<String, V> all = new HashMap<>();
        forEach(all::put);
        removed.forEach(all::remove);
        all.putAll(put);
        return all;
    }

    public int size() {
        return size;
    }

    /**
     * The {@link #filterBit}s of all keys: what has none of them is surely not a key. Who keeps it beside the map need not
     * touch the map's memory for most of what it does not have.
     */
    public long filter() {
        return filter;
    }

    /** One of 64 bits by a hash as {@link #get(String, int, int, int)} wants it. */
    public static long filterBit(int hash) {
        return 1L << ((hash * SPREAD) >>> 26);
    }

    /** All entries, in no order. */
    @SuppressWarnings("unchecked") // keys and values alternate
    public void forEach(BiConsumer<String, ? super V> consumer) {
        if (parts != null) {
            parts.forEach(part -> part.forEach(consumer));
            return;
        }
        for (int slot = 0; slot < marks.length; slot++) {
            Object key = entries[2 * slot];
            Object value = entries[2 * slot + 1];
            if (key != null && value != null) {
                consumer.accept((String) key, (V) value);
            }
        }
    }

    private static int hash(String key) {
        return hash(key, 0, key.length());
    }

    /** The value of a whole text; null if there is none. */
    public @Nullable V get(String text) {
        int hash = ignoreCase ? foldedHash(text, 0, text.length()) : text.hashCode();
        return get(text, 0, text.length(), hash);
    }

    /** The hash of a stretch of text, as {@link #exact} maps want it; of a whole text, its {@code hashCode}. */
    public static int hash(String text, int from, int to) {
        int hash = 0;
        int i = from;
        // four at a time, since each step has to wait for the one before
        for (; i < to - 3; i += 4) {
            hash = hash * (31 * 31 * 31 * 31)
                    + text.charAt(i) * (31 * 31 * 31)
                    + text.charAt(i + 1) * (31 * 31)
                    + text.charAt(i + 2) * 31
                    + text.charAt(i + 3);
        }
        for (; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash;
    }

    /** The hash of a stretch of text, as {@link #ignoringCase} maps want it. */
    public static int foldedHash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + fold(text.charAt(i));
        }
        return hash;
    }

    /** Each character by itself, without regard to a language: {@code toLowerCase(toUpperCase(c))}. */
    public static String fold(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            out.setCharAt(i, fold(out.charAt(i)));
        }
        return out.toString();
    }

    private static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private void put(String key, V value) {
        int hash = hash(key);
        int slot = spread(hash) & (marks.length - 1);
        while (marks[slot] != 0) {
            slot = (slot + 1) & (marks.length - 1);
        }
        marks[slot] = mark(hash);
        entries[2 * slot] = key;
        entries[2 * slot + 1] = value;
    }

    /** The value of {@code text.substring(from, to)}, whose hash is given; null if there is none. */
    public @Nullable V get(String text, int from, int to, int hash) {
        List<RegionMap<V>> all = parts;
        return all == null
                ? find(text, from, to, hash)
                : all.get(part(hash, all.size())).find(text, from, to, hash);
    }

    @SuppressWarnings("unchecked") // keys and values alternate
    private @Nullable V find(String text, int from, int to, int hash) {
        int mask = marks.length - 1;
        int mark = mark(hash);
        int slot = spread(hash) & mask;
        while (true) {
            int found = marks[slot];
            if (found == 0) {
                return null;
            }
            if (found == mark) {
                Object key = entries[2 * slot];
                if (key != null && same((String) key, text, from, to)) {
                    return (V) entries[2 * slot + 1];
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    private static int mark(int hash) {
        return hash == 0 ? 1 : hash;
    }

    private static int spread(int hash) {
        int spread = hash * SPREAD;
        return spread ^ (spread >>> 16);
    }

    /** Goes by the high bits, since slots go by the low ones. */
    private static int part(int hash, int count) {
        return (int) (((spread(hash) & 0xFFFF_FFFFL) * count) >>> 32);
    }

    private boolean same(String key, String text, int from, int to) {
        if (key.length() != to - from) {
            return false;
        }
        if (!ignoreCase) {
            return text.startsWith(key, from);
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) != fold(text.charAt(from + i))) {
                return false;
            }
        }
        return true;
    }
}
