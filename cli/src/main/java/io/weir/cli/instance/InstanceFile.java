package io.weir.cli.instance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a running instance tells other commands: {@code <data>/instance.json}.
 *
 * @param pid its process id
 * @param bootstrapServers of the broker that it uses
 * @param schemaRegistry URL of the registry that it uses
 * @param data its data directory, absolute
 */
public record InstanceFile(long pid, String bootstrapServers, String schemaRegistry, Path data) {
    private static final String NAME = "instance.json";
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads the file of a data directory; empty if there is none.
     *
     * @throws IOException if it cannot be read or is not what an instance writes
     */
    public static Optional<InstanceFile> read(Path data) throws IOException {
        Path file = data.resolve(NAME);
        try (JsonParser parser = JSON.createParser(Files.readString(file))) {
            Map<String, String> fields = fields(parser);
            return Optional.of(new InstanceFile(
                    Long.parseLong(required(fields, "pid", file)),
                    required(fields, "bootstrapServers", file),
                    required(fields, "schemaRegistry", file),
                    data));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException("instance file='" + file + "': pid is not a number; delete the file", e);
        }
    }

    /** Removes the file of a data directory, if there is one. */
    public static void delete(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(NAME));
    }

    /** Whether the process that wrote the file still holds its data directory; a crash leaves the file behind. */
    public boolean isRunning() {
        return DataDirectory.isHeld(data);
    }

    /** Writes the file so that a reader sees all of it or the one before. */
    public void write() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("pid", pid);
            json.writeStringField("bootstrapServers", bootstrapServers);
            json.writeStringField("schemaRegistry", schemaRegistry);
            json.writeEndObject();
        }
        Path temporary = data.resolve("." + NAME);
        Files.writeString(temporary, text + "\n");
        Files.move(temporary, data.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.put(name, parser.getText());
                parser.skipChildren();
            }
        }
        return fields;
    }

    private static String required(Map<String, String> fields, String name, Path file) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("instance file='" + file + "': '" + name + "' is missing; delete the file");
        }
        return value;
    }
}
