package io.weir.rules.index;

import io.weir.rules.Glob;

/**
 * Something that an event must have to satisfy a condition: to lie in a directory, and a key.
 *
 * @param directory it lies below this one, at any depth; {@code /} is everywhere, {@link Glob.Hint#ANY} any name
 * @param directlyIn it lies in that directory itself
 * @param key what else it has
 */
record Anchor(String directory, boolean directlyIn, Key key) {
    static final Anchor ANYWHERE = new Anchor("/", false, Key.NONE);

    static Anchor anywhere(Key key) {
        return new Anchor("/", false, key);
    }

    /** An event that has both has this. */
    Anchor and(Anchor other) {
        Anchor closer = isCloser(other) ? this : other;
        return new Anchor(closer.directory, closer.directlyIn, key.stronger(other.key));
    }

    private boolean isCloser(Anchor other) {
        return directlyIn == other.directlyIn ? known() >= other.known() : directlyIn;
    }

    /** How many characters of the directory are known. */
    private int known() {
        return directory.replace(Glob.Hint.ANY, "").length();
    }

    /** How much it narrows: the higher the better. Rough; decides only which of two conditions is used. */
    int weight() {
        int place = known() == 1 ? 0 : 4;
        return place + (directlyIn ? 2 : 0) + key.weight();
    }
}
