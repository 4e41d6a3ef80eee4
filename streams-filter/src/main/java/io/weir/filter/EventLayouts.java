package io.weir.filter;

import io.weir.schemas.FileEvent;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.WeirRecords;
import io.weir.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Brings a value into the layout of this version's {@code FileEvent}. A writer's schema that differs only in documentation
 * or defaults has the same layout, and its bytes are taken as they are. Those of an older or newer agent are decoded by
 * Avro's schema resolution and encoded again. Schemas are asked for once for each id. Not safe for several threads.
 */
final class EventLayouts {
    static {
        WeirRecords.trust();
    }

    private static final String CANONICAL = SchemaNormalization.toParsingForm(FileEvent.getClassSchema());

    private final IntFunction<Schema> registry;
    private final Map<Integer, Layout> layouts = new HashMap<>();
    private final SpecificDatumWriter<FileEvent> writer = new SpecificDatumWriter<>(FileEvent.class);
    private int sameId;
    private boolean sameKnown;

    /**
     * @param registry gives the schema of an id
     */
    EventLayouts(IntFunction<Schema> registry) {
        this.registry = registry;
    }

    /**
     * Gives the value itself, or the same event in this version's layout.
     *
     * @throws UndecodableException if it is not in the wire format, or its schema is unknown to the registry or not that
     *     of a file event
     * @throws RegistryException if the registry cannot be asked; the event may be judged later
     */
    byte[] current(byte[] value) {
        int id = schemaId(value);
        if (sameKnown && id == sameId) {
            return value;
        }
        Layout layout = layouts.get(id);
        if (layout == null) {
            layout = layoutOf(id);
            layouts.put(id, layout);
        }
        if (layout.reader == null) {
            sameId = id;
            sameKnown = true;
            return value;
        }
        return convert(layout.reader, value);
    }

    private static int schemaId(byte[] value) {
        try {
            return WireFormat.schemaId(value);
        } catch (RuntimeException e) {
            throw new UndecodableException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private Layout layoutOf(int id) {
        Schema schema;
        try {
            schema = registry.apply(id);
        } catch (RegistryException e) {
            if (e.isUnavailable()) {
                throw e;
            }
            throw new UndecodableException(
                    "schema id='" + id + "': "
                            + (e.isNotFound() ? "the registry does not know it" : String.valueOf(e.getMessage())),
                    e);
        }
        if (!schema.getType().equals(Schema.Type.RECORD)
                || !schema.getFullName().equals(FileEvent.getClassSchema().getFullName())) {
            throw new UndecodableException("schema id='" + id + "': expected "
                    + FileEvent.getClassSchema().getFullName() + ", found " + schema.getFullName());
        }
        return SchemaNormalization.toParsingForm(schema).equals(CANONICAL)
                ? new Layout(null)
                : new Layout(new SpecificDatumReader<>(schema, FileEvent.getClassSchema()));
    }

    private byte[] convert(SpecificDatumReader<FileEvent> reader, byte[] value) {
        int start = WireFormat.HEADER_BYTES;
        try {
            FileEvent event =
                    reader.read(null, DecoderFactory.get().binaryDecoder(value, start, value.length - start, null));
            ByteArrayOutputStream out = new ByteArrayOutputStream(value.length + 32);
            out.write(value, 0, start);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(event, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException | RuntimeException e) {
            // Not only Avro's own exceptions: a length that cannot be is an UnsupportedOperationException, for one.
            throw new UndecodableException(
                    "Avro value undecodable by schema id='" + WireFormat.schemaId(value) + "': " + e, e);
        }
    }

    /** How values of one schema are read; without a reader, as they are. */
    private record Layout(@Nullable SpecificDatumReader<FileEvent> reader) {}
}
