package io.weir.rules.condition;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.weir.rules.EventView;
import java.util.List;

/**
 * A part of the path fits one of some regular expressions, in RE2's syntax: the time that it takes grows with the length of
 * the path alone, whatever the expression.
 */
public final class RegexCheck implements ValueCheck {
    public static final String KEY = "regex";

    /** An expression of this size takes some microseconds for each character of a path. */
    static final int LARGEST = 1_000;

    private final List<Pattern> patterns;
    private final ThreadLocal<Matcher[]> matchers;

    public RegexCheck(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
        // a matcher is for one thread, and is costly to make
        this.matchers = ThreadLocal.withInitial(
                () -> this.patterns.stream().map(pattern -> pattern.matcher("")).toArray(Matcher[]::new));
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none; the message is a sentence for the rule's author
     */
    public static Pattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "'regex' is empty: expected a regular expression such as '/tmp/[0-9]+$'");
        }
        long size = RegexSize.of(text);
        if (size > LARGEST) {
            throw new IllegalArgumentException("regex '" + text + "' has " + size
                    + " characters and classes when its repetitions are written out: expected at most " + LARGEST);
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "bad regex '" + text + "': " + e.getDescription()
                            + (e.getPattern() == null || e.getPattern().equals(text) ? "" : " '" + e.getPattern() + "'")
                            + "; expected RE2's syntax, which has no look-around and no back-references",
                    e);
        }
    }

    @Override
    public boolean test(EventView event) {
        String path = event.path();
        for (Matcher matcher : matchers.get()) {
            if (matcher.reset(path).find()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String seen(EventView event) {
        return event.path();
    }

    /** For each character of a path, each of the expression may have to be looked at. */
    @Override
    public int cost() {
        return patterns.stream()
                .mapToInt(pattern -> (int) RegexSize.of(pattern.pattern()))
                .sum();
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<String> values() {
        return patterns.stream().map(Pattern::pattern).toList();
    }
}
