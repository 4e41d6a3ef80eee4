package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same {@code String} for the same bytes, for fields of few values (types, volumes, hosts), so that the hot path
 * decodes and allocates none. One slot for each hash; a collision only costs a decoding. Not safe for several threads.
 */
final class TextCache {
    private static final int SLOTS = 256;

    private final byte[] @Nullable [] keys = new byte[SLOTS][];
    private final @Nullable String[] values = new String[SLOTS];

    String text(byte[] bytes, int start, int length) {
        int slot = slot(bytes, start, length);
        byte[] key = keys[slot];
        String value = values[slot];
        if (key != null && value != null && Arrays.equals(key, 0, key.length, bytes, start, start + length)) {
            return value;
        }
        String decoded = new String(bytes, start, length, UTF_8);
        keys[slot] = Arrays.copyOfRange(bytes, start, start + length);
        values[slot] = decoded;
        return decoded;
    }

    private static int slot(byte[] bytes, int start, int length) {
        if (length == 0) {
            return 0;
        }
        int hash = length * 31 + bytes[start];
        hash = hash * 31 + bytes[start + length - 1];
        hash = hash * 31 + bytes[start + length / 2];
        return (hash ^ (hash >>> 8)) & (SLOTS - 1);
    }
}
