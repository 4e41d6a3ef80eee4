package io.weir.rules.index;

/**
 * What an event must have besides its place.
 *
 * @param kind which of its values it is about
 * @param text the value; for {@link Kind#EXTENSION} folded; empty where the kind has none
 * @param least for {@link Kind#SIZE} and {@link Kind#SIZE_OR_UNKNOWN} the least size, else 0
 */
record Key(Kind kind, String text, long least) {
    static final Key NONE = new Key(Kind.NONE, "", 0);

    /** A beginning of a name that has fewer characters tells less than an extension. */
    private static final int LONG_PREFIX = 4;

    /** Which of an event's values a key is about. */
    enum Kind {
        /** None. */
        NONE,
        /** A size from {@code least} on. */
        SIZE,
        /** A size from {@code least} on, or none that is known. */
        SIZE_OR_UNKNOWN,
        /** This owner. */
        OWNER,
        /** A name that begins with this text. */
        PREFIX,
        /** This extension, whatever its case. */
        EXTENSION,
        /** This name. */
        NAME
    }

    /** The higher, the fewer events have it; a guess. */
    int weight() {
        return switch (kind) {
            case NONE -> 0;
            case SIZE, SIZE_OR_UNKNOWN -> 1;
            case OWNER -> 2;
            case PREFIX -> text.length() < LONG_PREFIX ? 3 : 5;
            case EXTENSION -> 4;
            case NAME -> 6;
        };
    }

    /** The more telling of two. */
    Key stronger(Key other) {
        if (weight() != other.weight()) {
            return weight() > other.weight() ? this : other;
        }
        boolean longer = text.length() > other.text.length() || least > other.least;
        return longer ? this : other;
    }
}
