package io.weir.rules;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.BasicAutomata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The texts that a glob matches, as an automaton over UTF-16 units. Not for matching, which {@link Glob} does, but for
 * asking whether two patterns can match the same text.
 */
public final class GlobLanguage {
    private static final int MOST_IN_COMPLEMENT = 8;
    private static final Automaton HIGH = BasicAutomata.makeCharRange('\uD800', '\uDBFF');
    private static final Automaton LOW = BasicAutomata.makeCharRange('\uDC00', '\uDFFF');
    private static final Automaton PAIR = HIGH.concatenate(LOW);
    private static final Automaton UNIT =
            BasicAutomata.makeCharRange('\0', '.').union(BasicAutomata.makeCharRange('0', '\uFFFF'));
    private static final Automaton CHARACTER = UNIT.union(PAIR);

    private GlobLanguage() {}

    /** Any number of characters, also none, without a slash. */
    public static Automaton names() {
        return UNIT.repeat();
    }

    /** At least one character, none of them a slash. */
    public static Automaton name() {
        return UNIT.repeat(1);
    }

    /** The texts that the glob matches. */
    public static Automaton of(Glob glob) {
        return Automaton.union(glob.patterns().stream().map(GlobLanguage::of).toList());
    }

    /**
     * Whether the texts that it does not match can be had exactly, and by an automaton of bearable size: each wildcard for
     * one character after a {@code *} may double that.
     */
    public static boolean hasComplement(Glob glob) {
        return glob.patterns().stream()
                .allMatch(pattern -> Arrays.stream(pattern.steps())
                                        .filter(GlobLanguage::isOneCharacter)
                                        .count()
                                <= MOST_IN_COMPLEMENT
                        && Arrays.stream(pattern.classes()).noneMatch(GlobClass::hasSupplementary));
    }

    private static boolean isOneCharacter(int code) {
        return code == GlobPattern.ANY || code <= GlobPattern.CLASS;
    }

    private static Automaton of(GlobPattern pattern) {
        List<Automaton> parts = new ArrayList<>();
        for (int code : pattern.steps()) {
            parts.add(step(code, pattern.classes()));
        }
        return Automaton.concatenate(parts);
    }

    private static Automaton step(int code, GlobClass[] classes) {
        return switch (code) {
            case GlobPattern.ANY -> CHARACTER;
            case GlobPattern.STAR -> names();
            case GlobPattern.DIRECTORIES ->
                names().concatenate(BasicAutomata.makeChar('/')).repeat();
            case GlobPattern.REST -> BasicAutomata.makeAnyChar().repeat(1);
            default -> code >= 0 ? BasicAutomata.makeChar((char) code) : oneOf(classes[GlobPattern.CLASS - code]);
        };
    }

    private static Automaton oneOf(GlobClass characters) {
        List<Automaton> listed = new ArrayList<>();
        int[] ranges = characters.ranges();
        IntStream.range(0, ranges.length / 2)
                .filter(i -> ranges[2 * i] <= Character.MAX_VALUE)
                .forEach(i -> listed.add(BasicAutomata.makeCharRange(
                        (char) ranges[2 * i], (char) Math.min(ranges[2 * i + 1], Character.MAX_VALUE))));
        Automaton units = Automaton.union(listed);
        if (characters.isNegated()) {
            return UNIT.minus(units).union(PAIR);
        }
        return characters.hasSupplementary() ? units.union(PAIR) : units;
    }
}
