package io.weir.rules;

import java.util.ArrayList;
import java.util.List;

/** Takes a template apart and collects what is wrong with it. */
final class TemplateReader {
    private final String text;
    private final List<Template.Part> parts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;

    TemplateReader(String text) {
        this.text = text;
    }

    List<String> faults() {
        return faults;
    }

    List<Template.Part> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
            if ((c == '{' || c == '}') && doubled) {
                literal.append(c);
                at += 2;
            } else if (c == '{') {
                placeholder();
            } else if (c == '}') {
                faults.add("'}' without '{': write }} for the character itself");
                at++;
            } else {
                literal.append(c);
                at++;
            }
        }
        flush();
        return parts;
    }

    private void placeholder() {
        int close = text.indexOf('}', at);
        if (close < 0) {
            faults.add("'{' without '}': write {{ for the character itself");
            at = text.length();
            return;
        }
        String word = text.substring(at + 1, close);
        at = close + 1;
        try {
            Placeholder placeholder = Placeholder.of(word);
            boolean dotBefore = !literal.isEmpty() && literal.charAt(literal.length() - 1) == '.';
            boolean slashAfter = at < text.length() && text.charAt(at) == '/';
            flush();
            parts.add(new Template.Insertion(placeholder, dotBefore, slashAfter));
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Template.Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
