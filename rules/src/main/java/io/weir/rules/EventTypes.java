package io.weir.rules;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words for event types that rules may name. */
public final class EventTypes {
    /** All of them, in the order of the documentation; the last seven are reported by Qumulo clusters only. */
    public static final List<String> WORDS = List.of(
            "created",
            "modified",
            "written",
            "attributes-changed",
            "moved",
            "moved-in",
            "moved-out",
            "deleted",
            "opened",
            "read",
            "closed",
            "gap",
            "data-written",
            "size-changed",
            "owner-changed",
            "group-changed",
            "acl-changed",
            "extended-attributes-changed",
            "streams-changed");

    private static final Map<String, Integer> BITS = new HashMap<>();

    static {
        for (String word : WORDS) {
            BITS.put(word, 1 << BITS.size());
        }
    }

    private EventTypes() {}

    /** A bit of its own for each word; 0 for a type that no rule can name. */
    public static int bit(String type) {
        Integer bit = BITS.get(type);
        return bit == null ? 0 : bit;
    }

    /** The bits of several words. */
    public static int bits(Collection<String> types) {
        int bits = 0;
        for (String type : types) {
            bits |= bit(type);
        }
        return bits;
    }
}
