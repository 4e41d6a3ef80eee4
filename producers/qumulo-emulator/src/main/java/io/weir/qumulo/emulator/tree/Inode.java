package io.weir.qumulo.emulator.tree;

import java.time.Instant;
import java.util.List;

/**
 * A file or directory in one of its states.
 *
 * @param version raised by each change; the API's ETag is made of it
 * @param links where it hangs: one place for a directory, none for the root, several for a file with hard links
 */
public record Inode(
        long id,
        FileType type,
        long version,
        Attributes attributes,
        List<Link> links,
        Body body,
        UserMetadata metadata) {
    public static final long ROOT = 2;

    static Inode of(long id, FileType type, int mode, Instant now, Body body) {
        return new Inode(id, type, 1, Attributes.initial(mode, now), List.of(), body, UserMetadata.NONE);
    }

    public boolean isDirectory() {
        return body instanceof Body.Directory;
    }

    /**
     * The names in a directory.
     *
     * @throws FileSystemException if it is something else
     */
    public PersistentMap<String, Long> entries() {
        if (body instanceof Body.Directory directory) {
            return directory.entries();
        }
        throw FsError.NOT_A_DIRECTORY.of(String.valueOf(id));
    }

    /**
     * The content of a regular file.
     *
     * @throws FileSystemException if it is something else
     */
    public Body.File file() {
        if (body instanceof Body.File file) {
            return file;
        }
        throw FsError.NOT_A_FILE.of(String.valueOf(id));
    }

    /** In bytes; 0 for all but files. */
    public long size() {
        return body instanceof Body.File file ? file.data().size() : 0;
    }

    /** Changed now, which also sets the change time. */
    Inode with(Attributes changed, Instant now) {
        return new Inode(id, type, version + 1, changed.withChanged(now), links, body, metadata);
    }

    /** As it is given, the change time included. */
    Inode with(Attributes changed) {
        return new Inode(id, type, version + 1, changed, links, body, metadata);
    }

    /** Read now, which is no change: neither version nor change time moves. */
    Inode accessed(Instant now) {
        return new Inode(id, type, version, attributes.withAccessed(now), links, body, metadata);
    }

    /** With other content: modified now. */
    Inode with(Body changed, Instant now) {
        Attributes touched = attributes.withModified(now).withChanged(now);
        return new Inode(id, type, version + 1, touched, links, changed, metadata);
    }

    Inode with(List<Link> places, Instant now) {
        return new Inode(id, type, version + 1, attributes.withChanged(now), List.copyOf(places), body, metadata);
    }

    Inode with(UserMetadata changed, Instant now) {
        return new Inode(id, type, version + 1, attributes.withChanged(now), links, body, changed);
    }

    /** Whether a comparison of snapshots would tell nothing of it: neither content nor attributes differ. */
    boolean looksLike(Inode other) {
        return body.equals(other.body)
                && metadata.revision() == other.metadata.revision()
                && attributes.looksLike(other.attributes);
    }
}
