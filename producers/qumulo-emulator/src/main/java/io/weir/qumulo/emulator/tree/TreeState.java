package io.weir.qumulo.emulator.tree;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One state of the whole tree. Immutable. */
public final class TreeState {
    private final PersistentMap<Long, Inode> inodes;

    TreeState(PersistentMap<Long, Inode> inodes) {
        this.inodes = inodes;
    }

    /** A root and nothing else. */
    static TreeState initial(Instant now) {
        Inode root = Inode.of(Inode.ROOT, FileType.DIRECTORY, 0777, now, new Body.Directory(PersistentMap.empty()));
        return new TreeState(PersistentMap.<Long, Inode>empty().with(Inode.ROOT, root));
    }

    PersistentMap<Long, Inode> inodes() {
        return inodes;
    }

    /** The root counts too. */
    public int inodeCount() {
        return inodes.size();
    }

    public Optional<Inode> find(FileRef ref) {
        try {
            return Optional.of(get(ref));
        } catch (FileSystemException e) {
            return Optional.empty();
        }
    }

    /** By absolute path or id, as text. */
    public Optional<Inode> find(String ref) {
        return find(FileRef.of(ref));
    }

    /**
     * A file that has to be there.
     *
     * @throws FileSystemException if there is none, by the class that the API gives to the case
     */
    public Inode get(FileRef ref) {
        if (ref instanceof FileRef.ById byId) {
            Inode inode = inodes.get(byId.id());
            if (inode == null) {
                throw FsError.NO_SUCH_INODE.of(ref.toString());
            }
            return inode;
        }
        Inode inode = get(Inode.ROOT);
        List<String> names = ((FileRef.ByPath) ref).names();
        for (String name : names) {
            Long id = inode.isDirectory() ? inode.entries().get(name) : null;
            if (id == null) {
                throw FsError.NO_SUCH_ENTRY.of(name);
            }
            inode = get(id);
        }
        return inode;
    }

    Inode get(long id) {
        Inode inode = inodes.get(id);
        if (inode == null) {
            throw FsError.NO_SUCH_INODE.of(String.valueOf(id));
        }
        return inode;
    }

    public @Nullable Inode getOrNull(long id) {
        return inodes.get(id);
    }

    /**
     * The way from the root down to a place.
     *
     * @param directories the ids of all directories on it, the root first
     * @param names of what lies in each of them on the way, that of the place last
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on to notifications, never compared.
    record Trail(long[] directories, String[] names) {}

    Trail trailOf(Link link) {
        int depth = 1;
        Inode directory = get(link.directory());
        for (Inode at = directory;
                !at.links().isEmpty();
                at = get(at.links().get(0).directory())) {
            depth++;
        }
        var directories = new long[depth];
        var names = new String[depth];
        names[depth - 1] = link.name();
        for (int i = depth - 1; i > 0; i--) {
            directories[i] = directory.id();
            Link above = directory.links().get(0);
            names[i - 1] = above.name();
            directory = get(above.directory());
        }
        directories[0] = directory.id();
        return new Trail(directories, names);
    }

    /** The absolute path of a place, without a slash at its end. */
    String pathOf(Link link) {
        return "/" + String.join("/", trailOf(link).names());
    }

    /** The first path of an inode; that of a directory ends with a slash. */
    public String pathOf(Inode inode) {
        if (inode.links().isEmpty()) {
            return "/";
        }
        String path = pathOf(inode.links().get(0));
        return inode.isDirectory() ? path + "/" : path;
    }

    /** Whether it is the directory itself or below it. */
    public boolean isWithin(Inode inode, long directory) {
        return inode.id() == directory
                || inode.links().stream()
                        .flatMapToLong(link -> Arrays.stream(trailOf(link).directories()))
                        .anyMatch(id -> id == directory);
    }

    /** All but the root, by path, directories with a slash at the end; to compare with what somebody believes of it. */
    public Map<String, Inode> paths() {
        var paths = new TreeMap<String, Inode>();
        collect("/", get(Inode.ROOT), paths);
        return paths;
    }

    private void collect(String above, Inode directory, Map<String, Inode> paths) {
        directory.entries().visitAfter(null, (name, id) -> {
            Inode inode = get(id);
            if (inode.isDirectory()) {
                String path = above + name + "/";
                paths.put(path, inode);
                collect(path, inode, paths);
            } else {
                paths.put(above + name, inode);
            }
            return true;
        });
    }
}
