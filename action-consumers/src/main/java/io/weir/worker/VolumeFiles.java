package io.weir.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one volume, by paths absolute within it (reversible text form). Nothing here follows a symbolic link or
 * leaves the volume's root, whoever changes the tree meanwhile.
 */
public interface VolumeFiles {
    String volume();

    /** Where the volume is mounted on this host; empty if it is not, but reached otherwise. */
    Optional<Path> mountPoint();

    /** Where a path lies, told so that two are alike, or begin alike, if they are, though in volumes one within the other. */
    String location(String path);

    /**
     * Asked before the first mark of an attempt, and before each step.
     *
     * @throws UnableToWorkException if nothing of the volume may be touched at present
     */
    default void requireTouchable() {}

    /** What is at a path now; empty if nothing is, or if a directory on the way to it is missing or a link. */
    Optional<Entry> find(String path) throws IOException;

    /**
     * Moves a file, or a directory with all below it; never replaces anything.
     *
     * @param fileId what must be at {@code from} at the last moment
     */
    Step move(String from, String to, String fileId);

    /**
     * Moves a file, or a symbolic link itself, in place of another, at once: whoever opens that path finds one or the other.
     * What was there is gone for good. Fails, as a step that may be planned again, if something else is there by then.
     *
     * @param fileId what must be at {@code from} at the last moment
     * @param replaced what must be at {@code to} then, no directory
     */
    Step replace(String from, String to, String fileId, String replaced);

    /**
     * The entries directly in a directory, in the file system's order. Entries that vanish meanwhile are left out.
     *
     * @param most so many are read at most; who gets as many has perhaps not got all
     * @throws IOException ENOENT, ENOTDIR or ELOOP if no directory is there
     */
    List<Entry> list(String path, int most) throws IOException;

    /**
     * Gives fields of a file final values, in one step; of a symbolic link, its own.
     *
     * <p>A change of owner or group takes the setuid and setgid bits of a file that is no directory away, so where it has
     * them, {@code mode} must be among the fields; else the step fails, as one that may be planned again.
     *
     * @param file as it was found; must be at its path at the last moment
     * @param fields any of {@code mode} (octal, 0 to 7777), {@code uid}, {@code gid}; at least one
     */
    Step set(Entry file, Map<String, String> fields);

    /**
     * Removes a file, or a directory that is empty. Another file that is put in its place in the last microseconds is
     * removed with it: who cannot bear that moves it to a name that nobody knows before.
     *
     * @param fileId what must be at {@code path} at the last moment
     */
    Step remove(String path, String fileId);

    /**
     * Declares that the steps after it read a file, or all below a directory; does nothing.
     *
     * @param note for people, in the result; null for none
     */
    Step read(String path, String fileId, @Nullable String note);

    /** Why this volume takes no copies of what is in that one, which may be itself; empty if it does. */
    Optional<String> copyRefusal(VolumeFiles from);

    /** Whether copies here can belong to whom their originals do. */
    boolean keepsOwners();

    /** Whether a link here can be copied: where it leads has to be known. */
    default boolean copiesLinks() {
        return true;
    }

    /**
     * Steps that make copies in this volume.
     *
     * @param from where the originals are; one without a {@link #copyRefusal}
     */
    Copies copies(VolumeFiles from, CopyOptions options);

    /**
     * How copies are made.
     *
     * @param keepsOwner whether they belong to whom the original does
     * @param specialModes whether they keep setuid, setgid and sticky bits
     * @param mayBeThere whether an earlier attempt may have made them: what is there and equal is then found done
     * @param passedOver whether they are passed over if their original has gone
     */
    record CopyOptions(boolean keepsOwner, boolean specialModes, boolean mayBeThere, boolean passedOver) {}

    /** Steps that make copies. None replaces anything, but for the last. */
    interface Copies {
        /**
         * A copy of a regular file or a symbolic link, which appears complete. A file keeps owner, mode, extended attributes,
         * ACLs and time of modification, and is compared with what was read. If the original is changed meanwhile, the step
         * fails, as one that may be tried again.
         */
        Step copy(Entry from, String to);

        /** Gives a directory what its original has; after all is in it. */
        Step attributes(Entry from, String to);

        /**
         * A copy in place of a file: one step that makes it beside, and one that moves it there at once.
         *
         * @param temporary a path beside {@code to} that is free
         * @param replaced file id of what is at {@code to}
         */
        List<Step> replace(Entry from, String temporary, String to, String replaced);
    }

    /**
     * Removes a file, or a directory with all below it, also what comes into it meanwhile.
     *
     * @param fileId what must be at {@code path} at the last moment
     */
    default Step removeTree(String path, String fileId) {
        throw new UnsupportedOperationException("volume '" + volume() + "' removes no trees");
    }

    /** Whether small files can be written here: {@link #write} and {@link #fingerprint}. */
    default boolean isWritable() {
        return false;
    }

    /** Writes a small new file for the worker's eyes alone, which appears complete; EEXIST if the path is taken. */
    default Step write(String path, Content content) {
        throw new UnsupportedOperationException("volume '" + volume() + "' takes no files");
    }

    /**
     * Size and, of a regular file that is not larger than so many bytes, hash of a file as it is now; empty if it has gone.
     * Reads the file: to be called within a step, after one of {@link #read}.
     */
    default Optional<Fingerprint> fingerprint(String path, String fileId, long mostBytes)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("volume '" + volume() + "' has no content");
    }

    /** What a small file is to have in it, worked out when the step runs. */
    interface Content {
        byte[] bytes() throws IOException, InterruptedException;
    }

    /**
     * What a file's content is known by.
     *
     * @param size bytes
     * @param sha256 in hexadecimal; empty if it was not read
     */
    record Fingerprint(long size, Optional<String> sha256) {}

    /** Makes one directory; finds it done if it is there. */
    Step makeDirectory(String path, int mode);

    /**
     * Makes those directories on the way to a path (the last component excluded) that are not there.
     *
     * @param mode of the new directories
     * @return a step for each that is missing now; empty if none is
     */
    List<Step> makeParents(String path, int mode) throws IOException;

    /**
     * An entry of the volume.
     *
     * @param path absolute within the volume
     * @param fileId as in {@code FileState}: {@code device:inode} in hexadecimal, or a cluster's own
     * @param kind as in {@code FileState}: file, directory, link …
     * @param mode permission bits, 0 to 07777
     * @param uid owner; {@link #NO_NUMBER} if it has none
     * @param gid group, likewise
     * @param links hard links: under how many names it can be reached
     * @param mtimeNanos time of modification, nanoseconds since 1970
     * @param birthNanos nanoseconds since 1970, or -1 where the file system has none, or file ids are never used again
     */
    record Entry(
            String path,
            String fileId,
            String kind,
            int mode,
            long uid,
            long gid,
            long links,
            long mtimeNanos,
            long birthNanos) {
        /** Of an owner that is known only by a name or SID. */
        public static final long NO_NUMBER = -1;

        public boolean isDirectory() {
            return kind.equals("directory");
        }

        public boolean isLink() {
            return kind.equals("link");
        }

        /** A field's value as {@code Effect.SetFields} has it: {@code mode} in octal, {@code uid}, {@code gid}. */
        public String field(String name) {
            return switch (name) {
                case "mode" -> octal(mode);
                case "uid" -> Long.toString(uid);
                case "gid" -> Long.toString(gid);
                default -> throw new IllegalArgumentException("field='" + name + "': expected mode, uid or gid");
            };
        }

        /** The values of these fields, without those of an owner or group that has no number: it could not be set by one. */
        public Map<String, String> values(Iterable<String> fields) {
            Map<String, String> values = new TreeMap<>();
            for (String field : fields) {
                String value = field(field);
                if (!value.equals(Long.toString(NO_NUMBER))) {
                    values.put(field, value);
                }
            }
            return values;
        }

        /** Permission bits as four octal digits. */
        public static String octal(int mode) {
            return String.format(Locale.ROOT, "%04o", mode);
        }
    }
}
