package io.weir.rules;

import java.util.ArrayList;
import java.util.List;

/** Writes a glob with braces as globs without. */
final class GlobBraces {
    /** Above it, the pattern is surely a mistake: each alternative is tried by itself. */
    static final int MAX_ALTERNATIVES = 256;

    private final String text;
    private final List<String> out = new ArrayList<>();

    private GlobBraces(String text) {
        this.text = text;
    }

    static List<String> expand(String text) {
        GlobBraces braces = new GlobBraces(text);
        braces.expandInto(text);
        return braces.out;
    }

    private void expandInto(String part) {
        int open = find(part, 0, "{}");
        if (open < 0) {
            if (out.size() == MAX_ALTERNATIVES) {
                throw fault("more than " + MAX_ALTERNATIVES + " alternatives; use fewer braces");
            }
            out.add(part);
            return;
        }
        if (part.charAt(open) == '}') {
            throw fault("'}' without '{'; write \\} for the character itself");
        }
        List<String> alternatives = new ArrayList<>();
        int close = alternatives(part, open, alternatives);
        for (String alternative : alternatives) {
            expandInto(part.substring(0, open) + alternative + part.substring(close + 1));
        }
    }

    /** Collects the parts of the braces that open there; returns where they close. */
    private int alternatives(String part, int open, List<String> into) {
        int depth = 0;
        int start = open + 1;
        int at = open;
        while (at >= 0) {
            char c = part.charAt(at);
            if (c == '{') {
                depth++;
            } else if (depth == 1) {
                into.add(part.substring(start, at));
                start = at + 1;
            }
            if (c == '}' && --depth == 0) {
                return at;
            }
            at = find(part, at + 1, "{},");
        }
        throw fault("'{' without '}'; write \\{ for the character itself");
    }

    /** The next of these characters that is neither escaped nor in a class; -1 if there is none. */
    private static int find(String part, int from, String characters) {
        boolean inClass = false;
        for (int i = from; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
            } else if (characters.indexOf(c) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private IllegalArgumentException fault(String why) {
        return new IllegalArgumentException("glob '" + text + "': " + why);
    }
}
