package io.weir.agent.intake;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of entry ids: a bit each where they lie close together, as those of one scan do. */
final class EntrySet {
    private static final int CHUNK_BITS = 12;

    private final Map<Long, BitSet> chunks = new HashMap<>();

    void add(long id) {
        chunks.computeIfAbsent(id >>> CHUNK_BITS, c -> new BitSet()).set(offset(id));
    }

    void remove(long id) {
        BitSet chunk = chunks.get(id >>> CHUNK_BITS);
        if (chunk != null) {
            chunk.clear(offset(id));
        }
    }

    boolean contains(long id) {
        BitSet chunk = chunks.get(id >>> CHUNK_BITS);
        return chunk != null && chunk.get(offset(id));
    }

    private static int offset(long id) {
        return (int) (id & ((1 << CHUNK_BITS) - 1));
    }
}
