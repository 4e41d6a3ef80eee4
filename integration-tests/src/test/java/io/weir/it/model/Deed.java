package io.weir.it.model;

import io.weir.it.model.Truth.Field;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change of the simulated file system, and who made it.
 *
 * @param order position among all that happened
 * @param action that made it; null if a foreign process did
 * @param path where the file was then
 * @param field of an attribute change
 * @param from of a change of place; null if the file was made
 * @param to of a change of place; null if the name was removed
 * @param below what was in a directory that changed its place
 */
record Deed(
        long order,
        @Nullable String action,
        Node node,
        Aspect aspect,
        String path,
        @Nullable Field field,
        long value,
        @Nullable String from,
        @Nullable String to,
        Set<Node> below) {
    enum Aspect {
        PLACE,
        ATTRIBUTES,
        CONTENT,
        CLOSING
    }

    boolean isForeign() {
        return action == null;
    }

    /** Whether it made, moved or removed a file, or a directory that it was in. */
    boolean places(Node file) {
        return aspect == Aspect.PLACE && (node == file || below.contains(file));
    }

    @Override
    public String toString() {
        String what =
                switch (aspect) {
                    case PLACE -> "place " + from + " -> " + to;
                    case ATTRIBUTES ->
                        field + "=" + (field == Field.MODE ? Long.toOctalString(value) : value) + " " + path;
                    case CONTENT -> "write " + path;
                    case CLOSING -> "close " + path;
                };
        return "#" + order + " " + (action == null ? "FOREIGN" : "action " + action) + " " + node + " " + what;
    }
}
