package io.weir.it.model;

import io.weir.it.model.Truth.Field;
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
        @Nullable String to) {
    enum Aspect {
        PLACE,
        ATTRIBUTES,
        CONTENT,
        CLOSING
    }

    boolean isForeign() {
        return action == null;
    }

    /** Whether it made, moved or removed a file, or a directory above the path. */
    boolean places(Node file, String at, @Nullable String before) {
        return aspect == Aspect.PLACE
                && (node == file || (node.isDirectory() && (isAbove(at) || (before != null && isAbove(before)))));
    }

    private boolean isAbove(String at) {
        return (from != null && at.startsWith(from + "/")) || (to != null && at.startsWith(to + "/"));
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
