package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import org.jspecify.annotations.Nullable;

/**
 * One file or directory of the baseline.
 *
 * @param id from 1, for the life of the entry
 * @param parent id of its directory, 0 for a volume's root
 * @param name in the reversible text form; of a root, the volume's name
 * @param known its state as last judged; null if it could never be read
 * @param flags bits of {@link Flag}
 * @param shownCtime change time that a foreign event about its attributes last showed; -1 if none did
 */
public record Entry(long id, long parent, String name, @Nullable FileStat known, int flags, long shownCtime) {
    public boolean is(Flag flag) {
        return (flags & flag.bit()) != 0;
    }

    /** With these flags set too. */
    public Entry with(Flag... added) {
        int result = flags;
        for (Flag flag : added) {
            result |= flag.bit();
        }
        return new Entry(id, parent, name, known, result, shownCtime);
    }

    /** With flags and shown change time of another. */
    public Entry with(Entry other) {
        return new Entry(id, parent, name, known, other.flags, other.shownCtime);
    }

    /** With these flags cleared. */
    public Entry without(Flag... removed) {
        int result = flags;
        for (Flag flag : removed) {
            result &= ~flag.bit();
        }
        return new Entry(id, parent, name, known, result, shownCtime);
    }

    /** All fields of the state. */
    public Entry withKnown(FileStat value) {
        return new Entry(id, parent, name, value, flags, shownCtime);
    }

    /** As if it were new, under the same id and name. */
    public Entry renewed(@Nullable FileStat now, Flag... newFlags) {
        return new Entry(id, parent, name, now, 0, now == null ? -1 : now.ctime()).with(newFlags);
    }

    /** The fields about attributes as read, and shown by a foreign event. */
    public Entry attributesShown(FileStat now) {
        return withAttributes(now)
                .withShownCtime(now.ctime())
                .without(Flag.ATTRIBUTES_UNSHOWN, Flag.ATTRIBUTES_OWED, Flag.SILENT);
    }

    /** What a program of ours has made of it, which could not be read when that was told. */
    public Entry scopeSettled(FileStat now) {
        return withAttributes(now)
                .withContent(now)
                .with(Flag.ATTRIBUTES_UNSHOWN, Flag.CONTENT_UNSHOWN)
                .without(Flag.SCOPE_OWED);
    }

    /** Content that could not be read when its change was told. It may show more, whose event is news. */
    public Entry contentSettled(FileStat now) {
        return withContent(now).with(Flag.CONTENT_UNSHOWN).without(Flag.CONTENT_OWED);
    }

    /** The fields about attributes as read. */
    public Entry withAttributes(FileStat now) {
        FileStat k = known == null ? now : known;
        return withKnown(stat(now, k.size(), k.mtime(), now));
    }

    /** The fields about content as read. */
    public Entry withContent(FileStat now) {
        FileStat k = known == null ? now : known;
        return withKnown(stat(now, now.size(), now.mtime(), k));
    }

    public boolean isDirectory() {
        return known == null || known.isDirectory();
    }

    /**
     * Whether a reading is of this very file: the same file id and kind, and the same birth time where there is one, since
     * inode numbers are used again. An entry that could never be read is taken to be the file.
     */
    public boolean isFile(@Nullable FileStat now) {
        if (now == null) {
            return false;
        }
        return known == null
                || (known.fileId().equals(now.fileId())
                        && known.kind().equals(now.kind())
                        && (known.btime() == -1 || now.btime() == -1 || known.btime() == now.btime()));
    }

    private Entry withShownCtime(long value) {
        return new Entry(id, parent, name, known, flags, value);
    }

    private static FileStat stat(FileStat identity, long size, long mtime, FileStat attributes) {
        return new FileStat(
                identity.fileId(),
                identity.kind(),
                size,
                attributes.mode(),
                attributes.uid(),
                attributes.gid(),
                attributes.linkCount(),
                mtime,
                attributes.ctime(),
                identity.btime());
    }
}
