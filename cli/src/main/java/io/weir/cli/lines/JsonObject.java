package io.weir.cli.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object in the making; each name is put once, fields stay in that order, and null puts nothing. */
public final class JsonObject {
    private static final JsonFactory JSON = new JsonFactory();

    /** Names, each with its value behind it. */
    private final List<Object> fields = new ArrayList<>(32);

    /** Text, a number, a boolean, a list of those, or another object. */
    public JsonObject put(String name, @Nullable Object value) {
        if (value != null) {
            fields.add(name);
            fields.add(value);
        }
        return this;
    }

    /** On one line. */
    public String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            write(json, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof JsonObject object) {
            json.writeStartObject();
            for (int i = 0; i < object.fields.size(); i += 2) {
                json.writeFieldName((String) object.fields.get(i));
                write(json, object.fields.get(i + 1));
            }
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object item : list) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeString(value.toString());
        }
    }
}
