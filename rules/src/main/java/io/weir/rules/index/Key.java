package io.weir.rules.index;

/**
 * What an event must have besides its place.
 *
 * @param kind which of its values it is about
 * @param text the value; for {@link Kind#EXTENSION} folded; empty where the kind has none
 * @param least for {@link Kind#SIZE} the least size, else 0
 */
record Key(Kind kind, String text, long least) {
    static final Key NONE = new Key(Kind.NONE, "", 0);

    /** From the weakest to the most telling. */
    enum Kind {
        /** Nothing more. */
        NONE(0),
        /** A size from {@code least} on. */
        SIZE(1),
        /** This owner. */
        OWNER(2),
        /** A name that begins with this text, as long as one of {@link Probe#PREFIXES}. */
        PREFIX(3),
        /** This extension, whatever its case. */
        EXTENSION(4),
        /** This name. */
        NAME(5);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** The higher, the fewer events have it; a guess. */
        int weight() {
            return weight;
        }
    }

    /** The more telling of two. */
    Key stronger(Key other) {
        if (kind != other.kind) {
            return kind.weight() > other.kind.weight() ? this : other;
        }
        boolean longer = text.length() > other.text.length() || least > other.least;
        return longer ? this : other;
    }
}
