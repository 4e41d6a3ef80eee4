package io.weir.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Writes records of one schema as another schema has them. Safe for all threads. */
interface RecordWriter {
    void write(IndexedRecord record, Encoder out) throws IOException;

    /**
     * A writer for records like this one.
     *
     * @param own the record's schema
     * @param target what to write: the same shape, an evolved form of it, or a union with either
     */
    static RecordWriter of(IndexedRecord sample, Schema own, Schema target) {
        GenericData data = sample instanceof SpecificRecord
                ? SpecificData.getForClass(sample.getClass())
                : GenericDataOf.allConversions();
        if (hasShape(target, own)) {
            DatumWriter<IndexedRecord> writer = writer(sample, target, data);
            return writer::write;
        }
        return evolved(writer(sample, own, data), own, target);
    }

    private static boolean hasShape(Schema target, Schema own) {
        return SchemaFit.branches(target).stream()
                .filter(b ->
                        b.getType() == Schema.Type.RECORD && b.getFullName().equals(own.getFullName()))
                .anyMatch(b -> SchemaFit.sameShape(b, own));
    }

    private static DatumWriter<IndexedRecord> writer(IndexedRecord sample, Schema schema, GenericData data) {
        return sample instanceof SpecificRecord
                ? new SpecificDatumWriter<>(schema, (SpecificData) data)
                : new GenericDatumWriter<>(schema, data);
    }

    /**
     * Avro's writers take a record's fields by position, which would be wrong for a schema of another shape; so the record
     * goes through its own bytes and Avro's resolution. Slower, and only so while program and registry differ.
     */
    private static RecordWriter evolved(DatumWriter<IndexedRecord> ownWriter, Schema own, Schema target) {
        return (record, out) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            ownWriter.write(record, encoder);
            encoder.flush();
            GenericData plain = new GenericData();
            Object resolved = new GenericDatumReader<>(own, target, plain)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
            new GenericDatumWriter<>(target, plain).write(resolved, out);
        };
    }
}
