package io.weir.agent.baseline;

/** What else is known of an entry. The bits are part of the stored form. */
public enum Flag {
    /** Recorded by a first scan and never published: a live event that says that it came is news. */
    SILENT(1),
    /**
     * Its attributes were read but not yet shown by an event about attributes. Such a reading is late and may already
     * show a change whose event is still to come, so the first such event is news even if it shows the same.
     */
    ATTRIBUTES_UNSHOWN(2),
    /** The same for its content. */
    CONTENT_UNSHOWN(4),
    /** Content came that no {@code written} has closed yet. */
    UNCLOSED(8),
    /** An attribute change was told but could not be read, since the file had moved on by then. */
    ATTRIBUTES_OWED(16),
    /** A directory known only because of something in it: that it came has not been told. */
    IMPLIED(32),
    /** A poll found it new or changed: {@code written} is due when one finds it unchanged. */
    UNSETTLED(64),
    /** A change of its content was told but could not be read, since the file had moved on by then. */
    CONTENT_OWED(128),
    /**
     * A program of ours changed it in its scope, and it could not be read, since it had moved on by then: what is read next
     * is taken as known. Whose it is cannot be told.
     */
    SCOPE_OWED(256);

    private final int bit;

    Flag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
