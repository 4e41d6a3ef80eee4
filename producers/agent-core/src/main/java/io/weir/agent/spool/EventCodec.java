package io.weir.agent.spool;

import io.weir.schemas.Actor;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import io.weir.schemas.Gap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Events as Avro binary. The registry may be away when they are written, so the schemas that they were written with are kept
 * beside them, under numbers of the store's own: what an older version of the agent spooled can be read after an upgrade.
 */
final class EventCodec {
    private final Connection connection;
    private final int schemaId;
    private final SpecificDatumWriter<FileEvent> writer = new SpecificDatumWriter<>(FileEvent.class);
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
    private final Map<Integer, SpecificDatumReader<FileEvent>> readers = new HashMap<>();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    /** For writing and reading. */
    EventCodec(Connection connection) throws SQLException {
        this.connection = connection;
        this.schemaId = register(connection);
    }

    /** For reading. */
    static EventCodec reader(Connection connection) {
        return new EventCodec(connection, 0);
    }

    private EventCodec(Connection connection, int schemaId) {
        this.connection = connection;
        this.schemaId = schemaId;
    }

    int schemaId() {
        return schemaId;
    }

    byte[] encode(FileEvent event) {
        buffer.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
        try {
            writer.write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    FileEvent decode(int schema, byte[] bytes) throws SQLException {
        SpecificDatumReader<FileEvent> reader = readers.get(schema);
        if (reader == null) {
            reader = new SpecificDatumReader<>(load(schema), FileEvent.getClassSchema(), new EventModel());
            readers.put(schema, reader);
        }
        decoder = DecoderFactory.get().binaryDecoder(bytes, decoder);
        try {
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int register(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE IF NOT EXISTS writer_schema(id INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE)");
        }
        String json = FileEvent.getClassSchema().toString();
        try (var insert = connection.prepareStatement("INSERT OR IGNORE INTO writer_schema(json) VALUES(?)");
                var select = connection.prepareStatement("SELECT id FROM writer_schema WHERE json = ?")) {
            insert.setString(1, json);
            insert.executeUpdate();
            select.setString(1, json);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private Schema load(int id) throws SQLException {
        try (var select = connection.prepareStatement("SELECT json FROM writer_schema WHERE id = ?")) {
            select.setInt(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the schema " + id + " of a spooled event is missing");
                }
                return new Schema.Parser().parse(row.getString(1));
            }
        }
    }

    /**
     * Names the classes of an event's parts itself: Avro's own look-up refuses classes that are not on a list, which is one
     * for the whole process and not ours to change.
     */
    private static final class EventModel extends SpecificData {
        private static final Map<String, Class<?>> CLASSES = Stream.of(
                        FileEvent.class, FileState.class, Actor.class, Gap.class)
                .collect(Collectors.toUnmodifiableMap(Class::getName, type -> type));

        EventModel() {
            addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        }

        @Override
        @SuppressWarnings("rawtypes") // As the overridden method has it.
        public Class getClass(Schema schema) {
            Class<?> type = schema.getType() == Schema.Type.RECORD ? CLASSES.get(schema.getFullName()) : null;
            return type == null ? super.getClass(schema) : type;
        }
    }
}
