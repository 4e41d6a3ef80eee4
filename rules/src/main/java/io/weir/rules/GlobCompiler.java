package io.weir.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads a glob without braces into steps. */
final class GlobCompiler {
    private final String text;
    private final String glob;
    private final IntStream.Builder steps = IntStream.builder();
    private final List<GlobClass> classes = new ArrayList<>();
    private int at;

    GlobCompiler(String text, String glob) {
        this.text = text;
        this.glob = glob;
    }

    GlobPattern compile() {
        while (at < text.length()) {
            step();
        }
        return new GlobPattern(text, steps.build().toArray(), classes.toArray(GlobClass[]::new));
    }

    private void step() {
        char c = text.charAt(at);
        switch (c) {
            case '?' -> {
                steps.add(GlobPattern.ANY);
                at++;
            }
            case '*' -> stars();
            case '[' -> {
                steps.add(GlobPattern.CLASS - classes.size());
                classes.add(characterClass());
            }
            case '\\' -> {
                at++;
                steps.add(escaped());
                at++;
            }
            default -> {
                steps.add(c);
                at++;
            }
        }
    }

    private void stars() {
        int end = at;
        while (end < text.length() && text.charAt(end) == '*') {
            end++;
        }
        int count = end - at;
        if (count == 1) {
            steps.add(GlobPattern.STAR);
            at = end;
            return;
        }
        boolean alone = count == 2
                && (at == 0 || text.charAt(at - 1) == '/')
                && (end == text.length() || text.charAt(end) == '/');
        if (!alone) {
            throw fault("'**' must stand alone between slashes, as in /a/**/b or /a/**; within a name write '*'");
        }
        steps.add(end == text.length() ? GlobPattern.REST : GlobPattern.DIRECTORIES);
        at = end == text.length() ? end : end + 1;
    }

    private char escaped() {
        if (at == text.length()) {
            throw fault("'\\' at the end; write \\\\ for the character itself");
        }
        return text.charAt(at);
    }

    private GlobClass characterClass() {
        at++;
        boolean negated = at < text.length() && (text.charAt(at) == '!' || text.charAt(at) == '^');
        if (negated) {
            at++;
        }
        IntStream.Builder ranges = IntStream.builder();
        int count = 0;
        while (peekInClass() != ']') {
            int first = classCharacter();
            int last = first;
            if (peekInClass() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                last = classCharacter();
            }
            if (last < first) {
                throw fault("the range in [...] goes backwards; expected the lesser character first");
            }
            ranges.add(first).add(last);
            count++;
        }
        at++;
        if (count == 0) {
            throw fault("empty [...]; write \\[ for the character itself");
        }
        return new GlobClass(ranges.build().toArray(), negated);
    }

    private char peekInClass() {
        if (at >= text.length()) {
            throw fault("'[' without ']'; write \\[ for the character itself");
        }
        return text.charAt(at);
    }

    private int classCharacter() {
        if (text.charAt(at) == '\\') {
            at++;
            escaped();
        }
        int character = text.codePointAt(at);
        if (character == '/') {
            throw fault("'/' in [...]; a class is about one character of a name");
        }
        at += Character.charCount(character);
        return character;
    }

    private IllegalArgumentException fault(String why) {
        return new IllegalArgumentException("glob '" + glob + "': " + why);
    }
}
