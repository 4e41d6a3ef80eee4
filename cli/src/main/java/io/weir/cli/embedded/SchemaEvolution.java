package io.weir.cli.embedded;

import io.weir.schemas.registry.Compatibility;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** Whether one schema may follow others, by Avro's own rules of resolution. */
final class SchemaEvolution {
    private SchemaEvolution() {}

    /** As lenient in names as a registry must be to what it took earlier. */
    static Schema parseStored(String text) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(text);
    }

    /**
     * Why a schema may not follow; empty if it may.
     *
     * @param earlier rising by version
     */
    static List<String> faults(Compatibility level, Schema next, List<SchemaState.Version> earlier) {
        List<String> faults = new ArrayList<>();
        int from = level.transitive() ? 0 : Math.max(0, earlier.size() - 1);
        for (SchemaState.Version version : earlier.subList(from, earlier.size())) {
            Schema old = parseStored(version.text());
            if (level.backward()) {
                faults(next, old, "the new schema cannot read version " + version.version(), faults);
            }
            if (level.forward()) {
                faults(old, next, "version " + version.version() + " cannot read the new schema", faults);
            }
        }
        return faults;
    }

    private static void faults(Schema reader, Schema writer, String what, List<String> faults) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(i ->
                        faults.add(what + ": " + i.getType() + " at '" + i.getLocation() + "': " + i.getMessage()));
    }
}
