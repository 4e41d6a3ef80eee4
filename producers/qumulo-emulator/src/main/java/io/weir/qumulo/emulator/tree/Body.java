package io.weir.qumulo.emulator.tree;

/** What is in an inode, by its kind. */
public sealed interface Body {
    /** Names and the ids of what they name. */
    record Directory(PersistentMap<String, Long> entries) implements Body {}

    /**
     * A regular file.
     *
     * @param revision raised by each change of the data
     * @param streams alternate data streams by name
     */
    record File(FileData data, long revision, PersistentMap<String, FileData> streams) implements Body {}

    /** A symbolic link, or, with an empty target, a pipe, socket or device. */
    record Special(String target) implements Body {}
}
