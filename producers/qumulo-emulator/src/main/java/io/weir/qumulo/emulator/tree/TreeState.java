package io.weir.qumulo.emulator.tree;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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

    /** @throws FileSystemException if there is none, by the class that the API gives to the case */
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

    /** The names from the root down to a place. */
    List<String> namesOf(Link link) {
        var names = new ArrayList<String>();
        Link at = link;
        while (true) {
            names.add(at.name());
            List<Link> above = get(at.directory()).links();
            if (above.isEmpty()) {
                Collections.reverse(names);
                return names;
            }
            at = above.get(0);
        }
    }

    /** The ids from the root down to the directory of a place. */
    List<Long> idsAbove(Link link) {
        var ids = new ArrayList<Long>();
        Inode directory = get(link.directory());
        ids.add(directory.id());
        while (!directory.links().isEmpty()) {
            directory = get(directory.links().get(0).directory());
            ids.add(directory.id());
        }
        Collections.reverse(ids);
        return ids;
    }

    /** The absolute path of a place, without a slash at its end. */
    String pathOf(Link link) {
        return "/" + String.join("/", namesOf(link));
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
                || inode.links().stream().anyMatch(link -> idsAbove(link).contains(directory));
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
