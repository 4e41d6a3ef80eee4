package io.weir.schemas.serde;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one writer's schema wrote. A union at the top is taken apart here, each branch with the class of its own name:
 * Avro itself would put a branch that it does not know into one that happens to fit. For one thread.
 */
final class RecordReader {
    static {
        WeirRecords.trust();
    }

    private final boolean union;
    private final List<Branch> branches;
    private final String expected;

    private RecordReader(boolean union, List<Branch> branches, String expected) {
        this.union = union;
        this.branches = branches;
        this.expected = expected;
    }

    /**
     * Prepares a reader.
     *
     * @param where for messages: topic and schema id
     * @param expected full names of the types that may come; empty if any may
     */
    static RecordReader of(String where, Schema writer, List<String> expected, SerdeConfig config) {
        boolean union = writer.getType() == Schema.Type.UNION;
        List<Branch> branches = new ArrayList<>();
        for (Schema branch : SchemaFit.branches(writer)) {
            branches.add(branch(where, branch, expected, config));
        }
        if (branches.stream().allMatch(b -> b.refusal() != null)) {
            throw new SerializationException(branches.get(0).refusal());
        }
        return new RecordReader(union, branches, String.join(" or ", SchemaFit.names(writer)));
    }

    private static Branch branch(String where, Schema writer, List<String> expected, SerdeConfig config) {
        if (!expected.isEmpty() && !expected.contains(writer.getFullName())) {
            return new Branch(
                    null,
                    where + ": the record is a " + writer.getFullName() + "; expected "
                            + String.join(" or ", expected));
        }
        if (!config.specific() || writer.getType() != Schema.Type.RECORD) {
            GenericData data = config.logicalTypes() ? GenericDataOf.allConversions() : new GenericData();
            return new Branch(new GenericDatumReader<>(writer, writer, data), null);
        }
        Class<?> type;
        try {
            type = SpecificData.get().getClass(writer);
        } catch (SecurityException e) {
            return new Branch(null, where + ": " + e.getMessage());
        }
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            return new Branch(
                    null,
                    where + ": no class " + writer.getFullName()
                            + " is on the class path; put it there, or set specific.avro.reader=false");
        }
        Schema reader = SpecificData.get().getSchema(type);
        // Where only the hint for strings differs there is nothing to resolve, and Avro takes its shorter way.
        Schema actual = NeutralSchema.of(reader).equals(NeutralSchema.of(writer)) ? reader : writer;
        return new Branch(new SpecificDatumReader<>(actual, reader, SpecificData.getForClass(type)), null);
    }

    @Nullable
    Object read(BinaryDecoder in) throws IOException {
        int index = union ? in.readIndex() : 0;
        Branch branch = branches.get(index);
        if (branch.reader() == null) {
            throw new SerializationException(branch.refusal());
        }
        return branch.reader().read(null, in);
    }

    String expected() {
        return expected;
    }

    /** How to read a branch, or why it is refused. */
    private record Branch(@Nullable DatumReader<Object> reader, @Nullable String refusal) {}
}
