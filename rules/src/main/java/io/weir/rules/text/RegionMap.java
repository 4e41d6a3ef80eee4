package io.weir.rules.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map from text, asked by a stretch of a longer text, so that nothing is cut out of a path to look it
 * up. Open addressing with linear probing, at most half full.
 */
public final class RegionMap<V> {
    private final boolean ignoreCase;
    private final int mask;
    private final int[] hashes;
    private final @Nullable String[] keys;
    private final @Nullable Object[] values;

    private RegionMap(Map<String, ? extends V> entries, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        int capacity = Integer.highestOneBit(Math.max(2, entries.size())) * 4;
        this.mask = capacity - 1;
        this.hashes = new int[capacity];
        this.keys = new String[capacity];
        this.values = new Object[capacity];
        entries.forEach(this::put);
    }

    /** Keys are told apart by every character. */
    public static <V> RegionMap<V> exact(Map<String, ? extends V> entries) {
        return new RegionMap<>(entries, false);
    }

    /** Upper and lower case of a character are the same; keys must be {@link #fold}ed. */
    public static <V> RegionMap<V> ignoringCase(Map<String, ? extends V> entries) {
        return new RegionMap<>(entries, true);
    }

    /** The hash of a stretch of text, as {@link #exact} maps want it; of a whole text, its {@code hashCode}. */
    public static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
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
        int hash = hash(key, 0, key.length());
        int slot = slot(hash);
        while (keys[slot] != null) {
            slot = (slot + 1) & mask;
        }
        hashes[slot] = hash;
        keys[slot] = key;
        values[slot] = value;
    }

    /** The value of {@code text.substring(from, to)}, whose hash is given; null if there is none. */
    @SuppressWarnings("unchecked") // only V is ever put in
    public @Nullable V get(String text, int from, int to, int hash) {
        int slot = slot(hash);
        while (true) {
            String key = keys[slot];
            if (key == null) {
                return null;
            }
            if (hashes[slot] == hash && same(key, text, from, to)) {
                return (V) values[slot];
            }
            slot = (slot + 1) & mask;
        }
    }

    private int slot(int hash) {
        int spread = hash * 0x9E3779B9;
        return (spread ^ (spread >>> 16)) & mask;
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
