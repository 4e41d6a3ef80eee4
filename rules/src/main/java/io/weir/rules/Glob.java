package io.weir.rules;

import java.util.List;
import java.util.Optional;

/**
 * A pattern for paths and names. Case matters.
 *
 * <ul>
 *   <li>{@code ?} is one character and {@code *} any number of characters, never {@code /};
 *   <li>{@code **}, alone between slashes, is any number of directories, also none; at the end it is everything below:
 *       {@code /a/**} matches all below {@code /a}, at any depth, but not {@code /a} itself;
 *   <li>{@code [a-z_]} is one of these characters and {@code [!a-z]} one of all others, never {@code /};
 *   <li>{@code {a,b}} is either; the parts may hold slashes, wildcards and braces again;
 *   <li>{@code \} takes the character after it as it is.
 * </ul>
 *
 * <p>A glob that begins with {@code **}{@code /} matches as if a slash stood before it. Immutable; matching allocates
 * nothing, and its time is bounded by the product of the lengths of the pattern and of the text for each {@code **}.
 */
public final class Glob {
    /** The longest glob that can be compiled: the kernel's PATH_MAX, since no longer text can match. */
    public static final int MAX_LENGTH = 4096;

    private final String text;
    private final GlobPattern[] patterns;

    private Glob(String text, List<GlobPattern> patterns) {
        this.text = text;
        this.patterns = patterns.toArray(GlobPattern[]::new);
    }

    /**
     * Compiles a glob.
     *
     * @throws IllegalArgumentException if the text is not one; the message says where and what was expected
     */
    public static Glob compile(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("glob '" + text.substring(0, 40) + "…': " + text.length()
                    + " characters; expected at most " + MAX_LENGTH);
        }
        return new Glob(
                text,
                GlobBraces.expand(text).stream()
                        .map(alternative -> GlobPattern.compile(alternative, text))
                        .toList());
    }

    /** The glob that matches just this text; it may be too long to be {@link #compile}d. */
    public static String quote(String text) {
        StringBuilder glob = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("*?[]{},\\!".indexOf(c) >= 0) {
                glob.append('\\');
            }
            glob.append(c);
        }
        return glob.toString();
    }

    public boolean matches(CharSequence path) {
        return matches(path, 0, path.length());
    }

    /** Whether {@code text.subSequence(from, to)} matches. */
    public boolean matches(CharSequence text, int from, int to) {
        for (GlobPattern pattern : patterns) {
            if (pattern.matches(text, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** The text that it was compiled from. */
    public String text() {
        return text;
    }

    /** How many globs without braces it stands for. */
    public int alternatives() {
        return patterns.length;
    }

    /** What each alternative of its braces asks for. */
    public List<Hint> hints() {
        return List.of(patterns).stream().map(GlobPattern::hint).toList();
    }

    /**
     * What every text that matches one alternative has; for indexes and checks.
     *
     * @param pattern the alternative, without braces
     * @param literal the only text that matches, if there is only one
     * @param directory the longest directory known to hold it, at any depth, with {@link #ANY} for names that are not known;
     *     {@code /} if nothing is known
     * @param directlyIn whether it lies in that directory itself
     * @param name what is known of the last segment
     */
    public record Hint(String pattern, Optional<String> literal, String directory, boolean directlyIn, NameHint name) {
        /** Stands for a name in a directory's path that may be any; no path has it. */
        public static final String ANY = "\0";
    }

    /**
     * What is known of the last segment of a text that matches.
     *
     * @param exact the segment, if there is only one that matches
     * @param prefix what it begins with; may be empty
     * @param extension the segment ends with a dot and this, if that is known; never empty
     */
    public record NameHint(Optional<String> exact, String prefix, Optional<String> extension) {}

    List<GlobPattern> patterns() {
        return List.of(patterns);
    }

    @Override
    public String toString() {
        return text;
    }
}
