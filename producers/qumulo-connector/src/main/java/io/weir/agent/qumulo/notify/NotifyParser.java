package io.weir.agent.qumulo.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.agent.qumulo.notify.NotifyLine.Events;
import io.weir.agent.qumulo.notify.NotifyLine.Lost;
import io.weir.agent.qumulo.notify.NotifyLine.Nothing;
import io.weir.agent.qumulo.notify.NotifyLine.Watching;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of the stream: blank ones, comments ({@code : watching}, {@code : keepalive}) and {@code data:} with a JSON
 * array of events. Keys that are not known are passed over; the spine may be missing, its ids may be numbers. Whatever else
 * comes as data means that something may have been lost. Thread-safe.
 */
public final class NotifyParser {
    private static final JsonFactory JSON = new JsonFactory();
    private static final NotifyLine NOTHING = new Nothing();
    private static final String DATA = "data:";
    private static final String OVERFLOW = "missed_events";
    private static final int SHOWN = 200;

    /**
     * Reads a line.
     *
     * @param line without its end; {@code \r} before it is taken as part of that
     */
    public NotifyLine parse(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (text.startsWith(DATA)) {
            return data(text.substring(DATA.length()).strip());
        }
        if (text.startsWith(":")) {
            return text.substring(1).strip().startsWith("watching") ? new Watching() : NOTHING;
        }
        // Other fields of server-sent events carry none of ours.
        return text.isEmpty() || text.startsWith("event:") || text.startsWith("id:") || text.startsWith("retry:")
                ? NOTHING
                : new Lost("a line that is none of Change Notify: '" + shortened(text) + "'");
    }

    private static NotifyLine data(String json) {
        if (json.contains(OVERFLOW) && !json.startsWith("[")) {
            return new Lost("the cluster stopped queueing, since it was not read fast enough: " + shortened(json));
        }
        try (JsonParser parser = JSON.createParser(json)) {
            JsonToken first = parser.nextToken();
            List<NotifyEvent> events = new ArrayList<>();
            if (first == JsonToken.START_OBJECT) {
                events.add(event(parser));
            } else if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    events.add(event(parser));
                }
                if (parser.currentToken() != JsonToken.END_ARRAY) {
                    throw new IOException("expected events in the array");
                }
            } else {
                throw new IOException("expected an array of events");
            }
            if (parser.nextToken() != null) {
                throw new IOException("more after the events");
            }
            return new Events(events);
        } catch (IOException e) {
            return new Lost("data that are no events (" + firstLine(e) + "): " + shortened(json));
        }
    }

    /** Begins at the start of the object, ends at its end. */
    private static NotifyEvent event(JsonParser parser) throws IOException {
        @Nullable String type = null;
        @Nullable String path = null;
        @Nullable String stream = null;
        List<String> spine = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "type" -> type = text(parser, value);
                case "path" -> path = text(parser, value);
                case "stream_name" -> stream = text(parser, value);
                case "spine" -> spine = value == JsonToken.START_ARRAY ? ids(parser) : List.of();
                default -> parser.skipChildren();
            }
        }
        if (type == null || path == null) {
            throw new IOException("an event without " + (type == null ? "type" : "path"));
        }
        return new NotifyEvent(type, withoutSlashes(path), spine, stream);
    }

    private static @Nullable String text(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw new IOException(parser.currentName() + ": expected text");
        }
        return parser.getText();
    }

    private static List<String> ids(JsonParser parser) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null || !token.isScalarValue()) {
                throw new IOException("spine: expected ids");
            }
            ids.add(parser.getText());
        }
        return ids;
    }

    private static String withoutSlashes(String path) {
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(from, to);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
    }
}
