package io.weir.filter.replay.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Says of two records of one type in what they differ. */
final class Differences {
    private static final int LONGEST = 300;

    private Differences() {}

    /** The fields of one side that the other has otherwise, such as {@code outcome=matched, rulesOffset=17}. */
    static String of(Claim own, Claim other) {
        List<String> fields = new ArrayList<>();
        SpecificRecord value = own.value();
        for (Schema.Field field : value.getSchema().getFields()) {
            Object mine = value.get(field.pos());
            if (!Objects.equals(mine, other.value().get(field.pos()))) {
                fields.add(field.name() + "=" + shortened(String.valueOf(mine)));
            }
        }
        if (!own.causation().equals(other.causation())) {
            fields.add("headers=" + own.causation().map(Object::toString).orElse("none"));
        }
        return String.join(", ", fields);
    }

    static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
