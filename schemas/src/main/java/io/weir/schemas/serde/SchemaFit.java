package io.weir.schemas.serde;

import io.weir.schemas.registry.RegisteredSchema;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.errors.SerializationException;

/** Questions about schemas that Avro answers too leniently or not at all. */
final class SchemaFit {
    private SchemaFit() {}

    /** The full names of the record types that a schema allows: its own, or those of its branches. */
    static List<String> names(Schema schema) {
        return branches(schema).stream().map(Schema::getFullName).toList();
    }

    static List<Schema> branches(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
    }

    /** Whether one schema writes exactly the bytes of the other: the same fields in the same order. */
    static boolean sameShape(Schema one, Schema other) {
        return SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }

    /** Demands that the subject's latest schema has the record's type; Avro would write any record that fits. */
    static void requireNamed(String subject, RegisteredSchema latest, Schema own) {
        if (!names(latest.schema()).contains(own.getFullName())) {
            throw new SerializationException("subject='" + subject + "', version " + latest.version()
                    + ": cannot write a " + own.getFullName() + "; expected "
                    + String.join(" or ", names(latest.schema())));
        }
    }

    /**
     * Demands that the subject's latest schema reads what the record's own schema writes (one way only, so that it may be a
     * union): Confluent's {@code latest.compatibility.strict}.
     */
    static void requireReadable(String subject, RegisteredSchema latest, Schema own) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(latest.schema(), own);
        if (result.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new SerializationException("subject='" + subject + "', version " + latest.version()
                    + " cannot read what this program's " + own.getFullName() + " writes: "
                    + result.getResult().getIncompatibilities()
                    + "; upgrade this program, or set latest.compatibility.strict=false");
        }
    }
}
