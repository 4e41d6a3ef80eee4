package io.weir.rules;

/** How a value is written into a filled-in {@link Template}. */
@FunctionalInterface
public interface Escape {
    /** Values as they are: for text that nobody takes apart, such as the body of a mail. */
    Escape NONE = (value, kind) -> value;

    /**
     * For paths: a value that is not itself a path stays one segment, or part of one. In it {@code /} and NUL become
     * {@code _}, and a value that is just {@code .} or {@code ..} becomes as many {@code _}. Paths of events are absolute
     * and without {@code .} and {@code ..} already; what the rule's author wrote is kept.
     */
    Escape PATH_SEGMENT = (value, kind) -> {
        if (kind != Kind.VALUE) {
            return value;
        }
        if (value.equals(".") || value.equals("..")) {
            return "_".repeat(value.length());
        }
        return value.replace('/', '_').replace('\0', '_');
    };

    /** What a placeholder stands for. */
    enum Kind {
        /** An absolute path of the event: path, directory, previous path. */
        PATH,
        /** Any other value that comes from the event: name, owner, host … */
        VALUE,
        /** Text whose form the rule's author chose: a time in the author's pattern, the rule's id. */
        AUTHOR
    }

    /** The text to insert for a placeholder's value. */
    String escape(String value, Kind kind);
}
