package io.weir.rules;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with placeholders in braces; two braces stand for one. Immutable; safe for all threads.
 *
 * <p>Placeholders: {@code event.path}, {@code event.name}, {@code event.stem}, {@code event.extension},
 * {@code event.directory}, {@code event.type}, {@code event.volume}, {@code event.size}, {@code event.owner},
 * {@code event.group}, {@code event.previous-path}, {@code event.host}, {@code rule.id}, and {@code time:} with a pattern
 * of {@link java.time.format.DateTimeFormatter} for the time when the event was observed, in UTC. A value that the event
 * does not have is empty.
 *
 * <p>So that names come out as one means them: a dot right before an empty extension is left out, as in
 * {@code {event.stem}-x.{event.extension}}, and so is the slash of the root directory right before another slash, as in
 * {@code {event.directory}/x}.
 */
public final class Template {
    private final String text;
    private final List<Part> parts;

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** A stretch of the template. */
    sealed interface Part {}

    record Literal(String text) implements Part {}

    /**
     * A value to insert.
     *
     * @param dotBefore the literal before it ends with a dot
     * @param slashAfter the literal after it begins with a slash
     */
    record Insertion(Placeholder placeholder, boolean dotBefore, boolean slashAfter) implements Part {}

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if there are {@link #faults}; the message has all of them
     */
    public static Template parse(String text) {
        TemplateReader reader = new TemplateReader(text);
        List<Part> parts = reader.read();
        if (!reader.faults().isEmpty()) {
            throw new IllegalArgumentException("template '" + text + "': " + String.join("; ", reader.faults()));
        }
        return new Template(text, parts);
    }

    /** What is wrong with a template, as sentences; empty if nothing is. */
    public static List<String> faults(String text) {
        TemplateReader reader = new TemplateReader(text);
        reader.read();
        return new ArrayList<>(reader.faults());
    }

    /** A text that stands for itself when it is read as a template: with its braces doubled. */
    public static String quote(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }

    /** Puts the event's values in, each written as {@code escape} wants it. */
    public String fill(EventView event, String ruleId, Escape escape) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        for (Part part : parts) {
            if (part instanceof Literal literal) {
                out.append(literal.text());
            } else if (part instanceof Insertion insertion) {
                insert(insertion, event, ruleId, escape, out);
            }
        }
        return out.toString();
    }

    private static void insert(Insertion insertion, EventView event, String ruleId, Escape escape, StringBuilder out) {
        Placeholder placeholder = insertion.placeholder();
        String value = placeholder.value(event, ruleId);
        if (insertion.dotBefore() && value.isEmpty() && placeholder.isExtension()) {
            out.setLength(out.length() - 1);
        } else if (!(insertion.slashAfter() && value.equals("/"))) {
            out.append(escape.escape(value, placeholder.kind()));
        }
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether it has any placeholder. */
    public boolean hasPlaceholders() {
        return parts.stream().anyMatch(Insertion.class::isInstance);
    }

    /** The text that it was read from. */
    public String text() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }
}
