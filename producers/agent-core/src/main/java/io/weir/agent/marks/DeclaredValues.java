package io.weir.agent.marks;

import java.util.List;
import java.util.OptionalLong;

/** The values that attempts declare for a field of a file. */
final class DeclaredValues {
    private DeclaredValues() {}

    /** The value that the last of them carried out, or found done; empty if none did. */
    static OptionalLong last(List<Attempt> of, AttributeField field, Subject file) {
        OptionalLong value = OptionalLong.empty();
        for (Attempt attempt : of) {
            OptionalLong here = attempt.declared(field, file, true);
            value = here.isPresent() ? here : value;
        }
        return value;
    }

    /** Whether any of them declares this value, carried out or not. */
    static boolean any(List<Attempt> of, AttributeField field, Subject file, long value) {
        for (Attempt attempt : of) {
            OptionalLong here = attempt.declared(field, file, false);
            if (here.isPresent() && here.getAsLong() == value) {
                return true;
            }
        }
        return false;
    }
}
