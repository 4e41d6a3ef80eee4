package io.weir.agent.marks;

import io.weir.agent.source.FileStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The fields that an event about attributes shows. */
enum AttributeField {
    MODE("mode", 8),
    UID("uid", 10),
    GID("gid", 10),
    LINKS("links", 10);

    private final String word;
    private final int radix;

    AttributeField(String word, int radix) {
        this.word = word;
        this.radix = radix;
    }

    long of(FileStat stat) {
        return switch (this) {
            case MODE -> stat.mode();
            case UID -> stat.uid();
            case GID -> stat.gid();
            case LINKS -> stat.linkCount();
        };
    }

    /** The value that a mark declares for this field; empty if it declares none. */
    OptionalLong declaredIn(Map<String, String> fields) {
        @Nullable String text = fields.get(word);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text, radix));
        } catch (NumberFormatException e) {
            return OptionalLong.empty(); // As if not declared: what is not understood explains nothing.
        }
    }

    /** Fields in which two readings of a file differ. A directory's links only count its subdirectories. */
    static List<AttributeField> differing(FileStat one, FileStat other) {
        List<AttributeField> fields = new ArrayList<>(4);
        for (AttributeField field : values()) {
            if (field.of(one) != field.of(other) && (field != LINKS || !other.isDirectory())) {
                fields.add(field);
            }
        }
        return fields;
    }
}
