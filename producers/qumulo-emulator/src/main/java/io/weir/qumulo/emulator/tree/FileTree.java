package io.weir.qumulo.emulator.tree;

import io.weir.qumulo.emulator.notify.Notification;
import io.weir.qumulo.emulator.notify.NotifyType;
import io.weir.qumulo.emulator.notify.Watchers;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The tree as it is now. Its methods are what a user of the file system can do, over whichever protocol; a {@code ref} is an
 * absolute path, or an id as digits. Each takes effect as a whole, and hands its notifications to the watchers before it
 * returns. What cannot be done is refused with a {@link FileSystemException}. Safe for all threads.
 */
public final class FileTree {
    private static final long FIRST_ID = 10_003;

    private final Clock clock;
    private final Watchers watchers;
    private final BooleanSupplier parentTimes;
    private volatile TreeState state;
    private long nextId = FIRST_ID;

    /**
     * With a root and nothing else.
     *
     * @param parentTimes whether a directory's new modification time is told when its entries change
     */
    public FileTree(Clock clock, Watchers watchers, BooleanSupplier parentTimes) {
        this.clock = clock;
        this.watchers = watchers;
        this.parentTimes = parentTimes;
        this.state = TreeState.initial(clock.instant());
    }

    /** As it is now; what changes later does not change it. */
    public TreeState state() {
        return state;
    }

    /** While it runs, nothing changes. */
    public synchronized <T> T standingStill(Supplier<T> action) {
        return action.get();
    }

    private synchronized <T> T edit(Function<TreeEdit, T> change) {
        var edit = new TreeEdit(state, nextId, clock.instant(), !watchers.isEmpty(), parentTimes.getAsBoolean());
        T result = change.apply(edit);
        state = edit.state();
        nextId = edit.nextId();
        List<Notification> notifications = edit.notifications();
        if (edit.isOfManySteps()) {
            notifications.forEach(notification -> watchers.publish(List.of(notification)));
        } else if (!notifications.isEmpty()) {
            watchers.publish(notifications);
        }
        return result;
    }

    public Inode createFile(String path) {
        Place place = Place.of(path);
        return createFile(place.directory(), place.name());
    }

    public Inode createFile(String directory, String name) {
        return create(directory, name, FileType.FILE, 0644, newFile());
    }

    public Inode createDirectory(String path) {
        Place place = Place.of(path);
        return createDirectory(place.directory(), place.name());
    }

    public Inode createDirectory(String directory, String name) {
        return create(directory, name, FileType.DIRECTORY, 0777, new Body.Directory(PersistentMap.empty()));
    }

    /** Those that are missing, from the top downwards. */
    public Inode createDirectories(String path) {
        var ref = (FileRef.ByPath) FileRef.of(path);
        var at = new StringBuilder();
        for (String name : ref.names()) {
            String directory = at.isEmpty() ? "/" : at.toString();
            at.append('/').append(name);
            if (state.find(at.toString()).isEmpty()) {
                createDirectory(directory, name);
            }
        }
        return state.get(ref);
    }

    public Inode createSymlink(String directory, String name, String target) {
        return create(directory, name, FileType.SYMLINK, 0777, new Body.Special(target));
    }

    /** A pipe, socket or device. */
    public Inode createSpecial(String directory, String name, FileType type) {
        return create(directory, name, type, 0644, new Body.Special(""));
    }

    private Inode create(String directory, String name, FileType type, int mode, Body body) {
        return edit(e -> Entries.create(e, e.get(FileRef.of(directory)).id(), name, type, mode, body));
    }

    private static Body newFile() {
        return new Body.File(FileData.EMPTY, 1, PersistentMap.empty());
    }

    /** A hard link. */
    public Inode link(String existing, String directory, String name) {
        return edit(e -> Entries.link(
                e, FileRef.of(existing), e.get(FileRef.of(directory)).id(), name));
    }

    /** Refused if there is something already. */
    public Inode rename(String from, String to) {
        Place place = Place.of(to);
        return rename(from, place.directory(), place.name(), false);
    }

    /**
     * Moves an entry, within its directory or to another.
     *
     * @param clobber whether a file, or an empty directory, is replaced
     */
    public Inode rename(String from, String directory, String name, boolean clobber) {
        return edit(e ->
                Entries.rename(e, FileRef.of(from), e.get(FileRef.of(directory)).id(), name, clobber));
    }

    /** A file, one of the names of a file, or a directory that is empty. */
    public void delete(String ref) {
        edit(e -> {
            Entries.remove(e, FileRef.of(ref));
            return true;
        });
    }

    /** With all below, told from the bottom upwards. */
    public void deleteTree(String ref) {
        edit(e -> {
            e.hasManySteps();
            Entries.removeTree(e, FileRef.of(ref));
            return true;
        });
    }

    /** Replaces the data of a file. */
    public Inode write(String ref, byte[] bytes) {
        return edit(e -> Contents.write(e, FileRef.of(ref), old -> FileData.of(bytes)));
    }

    /**
     * Writes a part of a file.
     *
     * @param offset in bytes; what lies between it and the old end becomes zeros
     */
    public Inode writeAt(String ref, long offset, byte[] bytes) {
        return edit(e -> Contents.write(e, FileRef.of(ref), old -> old.write(offset, bytes)));
    }

    public Inode append(String ref, byte[] bytes) {
        return edit(e -> Contents.write(e, FileRef.of(ref), old -> old.write(old.size(), bytes)));
    }

    /**
     * Sets attributes.
     *
     * @param change given what was set before it, returns what is to be set besides
     */
    public Inode change(String ref, UnaryOperator<AttributeChange> change) {
        AttributeChange wanted = change.apply(new AttributeChange());
        return edit(e -> wanted.apply(e, FileRef.of(ref)));
    }

    /**
     * As {@link #change}, if the file is still of this version.
     *
     * @throws FileSystemException if it is not
     */
    public Inode changeIf(String ref, long version, AttributeChange wanted) {
        return edit(e -> {
            requireVersion(e, ref, version);
            return wanted.apply(e, FileRef.of(ref));
        });
    }

    /**
     * As {@link #write} and {@link #writeAt}, if the file is still of this version.
     *
     * @param offset negative: replaces all
     * @throws FileSystemException if it is not
     */
    public Inode writeIf(String ref, long version, long offset, byte[] bytes) {
        return edit(e -> {
            requireVersion(e, ref, version);
            return Contents.write(
                    e, FileRef.of(ref), old -> offset < 0 ? FileData.of(bytes) : old.write(offset, bytes));
        });
    }

    private static void requireVersion(TreeEdit edit, String ref, long version) {
        if (edit.get(FileRef.of(ref)).version() != version) {
            throw FsError.REVISION_MISMATCH.of(ref);
        }
    }

    /** Sets the access time, as reading does on a cluster that tracks it. */
    public Inode access(String ref) {
        return edit(e -> {
            Inode inode = e.put(e.get(FileRef.of(ref)).accessed(e.now()));
            e.tell(NotifyType.CHILD_ATIME_CHANGED, inode);
            return inode;
        });
    }

    public Inode addStream(String ref, String name) {
        return edit(e -> Contents.addStream(e, FileRef.of(ref), name));
    }

    public Inode writeStream(String ref, String name, byte[] bytes) {
        return edit(e -> Contents.writeStream(e, FileRef.of(ref), name, bytes));
    }

    public Inode renameStream(String ref, String from, String to) {
        return edit(e -> Contents.renameStream(e, FileRef.of(ref), from, to));
    }

    public Inode removeStream(String ref, String name) {
        return edit(e -> Contents.removeStream(e, FileRef.of(ref), name));
    }

    /** User metadata, of which no notification tells. */
    public Inode changeMetadata(String ref, UnaryOperator<PersistentMap<String, byte[]>> change) {
        return edit(e -> {
            Inode inode = e.get(FileRef.of(ref));
            UserMetadata old = inode.metadata();
            return e.put(inode.with(new UserMetadata(old.revision() + 1, change.apply(old.values())), e.now()));
        });
    }

    private record Place(String directory, String name) {
        static Place of(String path) {
            int slash = path.lastIndexOf('/');
            if (slash < 0) {
                throw FsError.NO_SUCH_ENTRY.of(path);
            }
            return new Place(slash == 0 ? "/" : path.substring(0, slash), path.substring(slash + 1));
        }
    }
}
