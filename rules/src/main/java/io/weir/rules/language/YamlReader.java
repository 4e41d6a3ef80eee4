package io.weir.rules.language;

import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Scalar;
import io.weir.rules.language.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document into nodes, straight from the parser's events: so duplicate keys and aliases are found with
 * their places, every scalar stays text, and no alias can blow a small file up.
 */
final class YamlReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_CHARACTERS = 64 << 20;

    private final Faults faults;
    private final Iterator<Event> events;

    private YamlReader(String text, Faults faults) {
        this.faults = faults;
        LoadSettings settings = LoadSettings.builder()
                .setLabel(faults.source())
                .setUseMarks(true)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The document's root; empty, with a fault, if there is none or the text is not YAML. */
    static Optional<YamlNode> read(String text, Faults faults) {
        try {
            return new YamlReader(text, faults).document();
        } catch (TooDeepException e) {
            faults.add(e.line, e.column, "", "nested deeper than " + MAX_DEPTH + " levels: expected fewer");
        } catch (MarkedYamlEngineException e) {
            report(e, faults);
        } catch (ReaderException e) {
            report(e, text, faults);
        } catch (YamlEngineException e) {
            faults.add(1, 1, "", "not YAML: " + firstLine(e));
        }
        return Optional.empty();
    }

    private Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (root.isPresent()) {
                        faults.add(
                                line(event), column(event), "---", "a second document: expected one document a file");
                        return root;
                    }
                }
                default -> root = Optional.of(node(event, 0));
            }
        }
        if (root.isEmpty()) {
            faults.add(1, 1, "", "empty: expected a mapping");
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        int line = line(event);
        int column = column(event);
        if (depth > MAX_DEPTH) {
            throw new TooDeepException(line, column);
        }
        if (event instanceof ScalarEvent scalar) {
            rejectTag(scalar.getTag(), line, column);
            return new Scalar(scalar.getValue(), scalar.isPlain(), line, column);
        }
        if (event instanceof SequenceStartEvent start) {
            rejectTag(start.getTag(), line, column);
            return new Sequence(items(depth), line, column);
        }
        if (event instanceof MappingStartEvent start) {
            rejectTag(start.getTag(), line, column);
            return new Mapping(entries(depth), line, column);
        }
        String name = event instanceof AliasEvent alias ? "*" + alias.getAlias() : event.toString();
        faults.add(
                line, column, name, "alias '" + name + "': expected the value itself; for values used twice, 'lists'");
        return new Scalar(name, false, line, column);
    }

    private void rejectTag(Optional<String> tag, int line, int column) {
        tag.filter(t -> !t.equals("!"))
                .ifPresent(t -> faults.add(line, column, t, "tag '" + t + "': expected the value without a tag"));
    }

    private List<YamlNode> items(int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event, depth + 1));
        }
        return items;
    }

    private List<Entry> entries(int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Scalar> keys = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(events.next(), depth + 1);
            if (!(key instanceof Scalar scalar)) {
                faults.add(key, key.shown() + " as a key: expected a word");
                continue;
            }
            Scalar first = keys.putIfAbsent(scalar.text(), scalar);
            if (first == null) {
                entries.add(new Entry(scalar, value));
            } else {
                faults.add(
                        scalar,
                        "duplicate key '" + scalar.text() + "': expected it once; it already stands in line "
                                + first.line());
            }
        }
        return entries;
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int column(Event event) {
        return event.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }

    private static void report(MarkedYamlEngineException e, Faults faults) {
        Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
        String context = e.getContext() == null || e.getContext().isBlank() ? "" : " (" + e.getContext() + ")";
        faults.add(
                mark.map(m -> m.getLine() + 1).orElse(1),
                mark.map(m -> m.getColumn() + 1).orElse(1),
                mark.map(YamlReader::lineAt).orElse(""),
                "not YAML: " + e.getProblem() + context);
    }

    private static String lineAt(Mark mark) {
        int[] buffer = mark.getBuffer();
        int from = mark.getPointer();
        int to = from;
        while (from > 0 && buffer[from - 1] != '\n') {
            from--;
        }
        while (to < buffer.length && buffer[to] != '\n' && buffer[to] != 0) {
            to++;
        }
        return new String(buffer, from, to - from).strip();
    }

    private static void report(ReaderException e, String text, Faults faults) {
        int at = Math.min(e.getPosition(), text.length());
        String before = text.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        faults.add(
                line,
                at - before.lastIndexOf('\n'),
                String.format("U+%04X", e.getCodePoint()),
                String.format(
                        "not YAML: the character U+%04X may not stand here: expected printable text",
                        e.getCodePoint()));
    }

    private static String firstLine(@Nullable Exception e) {
        return String.valueOf(e == null ? null : e.getMessage())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final int column;

        TooDeepException(int line, int column) {
            this.line = line;
            this.column = column;
        }
    }
}
