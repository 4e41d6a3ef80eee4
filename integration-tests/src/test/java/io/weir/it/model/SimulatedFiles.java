package io.weir.it.model;

import io.weir.agent.source.FileStat;
import io.weir.it.model.KernelQueue.Kind;
import io.weir.it.model.Node.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A file system in memory. Each call is atomic, is told to the kernel's queue, and is told to {@link Truth} with its actor. */
final class SimulatedFiles {
    private static final long HOUR = 3_600_000_000_000L;

    final Node root;
    final KernelQueue queue;
    private final Truth truth;
    private final Random random;
    /** How often the clock of the file system goes on between two calls; else both have the same time. */
    private final double tick;

    private long clock = 1_700_000_000_000_000_000L;
    private long births = 1;
    private long nextInode = 0x10;
    private @Nullable String actor;

    SimulatedFiles(KernelQueue queue, Truth truth, Random random) {
        this.queue = queue;
        this.truth = truth;
        this.random = random;
        this.tick = random.nextBoolean() ? 1 : random.nextDouble();
        this.root = new Node(2, 1, true);
    }

    /** Who acts from now on: an action, or null for a foreign process. */
    void actor(@Nullable String action) {
        actor = action;
    }

    /** The agent loses what is queued. */
    void lost() {
        truth.lost();
    }

    /** Somebody sets the clock of the host. */
    void jump() {
        clock += (random.nextInt(13) - 6) * HOUR;
    }

    private long now() {
        if (random.nextDouble() < tick) {
            clock += 1_000_000;
        }
        return clock;
    }

    // What is there

    /** The name at a path; null if there is none. Of the root, a name without a parent. */
    @Nullable
    Name find(String path) {
        Name at = new Name(root, null, "");
        for (String part : path.equals("/") ? new String[0] : path.substring(1).split("/", -1)) {
            Map<String, Name> entries = at.node.entries;
            Name next = entries == null ? null : entries.get(part);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** A path of a directory. */
    String path(Node directory) {
        Name own = directory.own;
        if (directory == root || own == null || own.parent == null) {
            return directory == root ? "" : "/?";
        }
        return path(own.parent) + "/" + own.name;
    }

    String path(Name name) {
        return name.parent == null ? "/" : path(name.parent) + "/" + name.name;
    }

    Optional<FileStat> stat(String path) {
        Name name = find(path);
        return name == null ? Optional.empty() : Optional.of(stat(name.node));
    }

    FileStat stat(Node n) {
        FileStat stat = new FileStat(
                n.id(),
                n.isDirectory() ? "directory" : "file",
                n.size,
                n.mode,
                n.uid,
                n.gid,
                n.links,
                n.mtime,
                n.ctime,
                n.born);
        truth.read(stat, n);
        return stat;
    }

    /** All names below the root, parents first. */
    List<Name> all() {
        List<Name> all = new ArrayList<>();
        addBelow(root, all);
        return all;
    }

    private static void addBelow(Node directory, List<Name> to) {
        for (Name name : directory.entries().values()) {
            to.add(name);
            if (name.node.isDirectory()) {
                addBelow(name.node, to);
            }
        }
    }

    // Calls

    /** Makes a directory or an empty file; false if the name is taken or its directory is not there. */
    boolean make(String path, boolean directory, int mode) {
        Name parent = find(parentOf(path));
        if (parent == null || !parent.node.isDirectory() || find(path) != null) {
            return false;
        }
        long now = now();
        Node node = new Node(nextInode++, now + births++, directory);
        node.ctime = now;
        node.mtime = now;
        node.mode = mode;
        Name name = new Name(node, parent.node, nameOf(path));
        if (directory) {
            node.own = name;
        }
        parent.node.entries().put(name.name, name);
        truth.placed(actor, node, null, path);
        queue.tell(Kind.CREATE, parent.node, name.name, node);
        return true;
    }

    /** linkat(2) of a file without a name that has been made a copy of another; false if it failed. */
    boolean link(Node original, String path) {
        Name parent = find(parentOf(path));
        if (parent == null || !parent.node.isDirectory() || find(path) != null) {
            return false;
        }
        long now = now();
        Node node = new Node(nextInode++, now + births++, false);
        node.mode = original.mode;
        node.uid = original.uid;
        node.gid = original.gid;
        node.size = original.size;
        node.mtime = original.mtime;
        node.ctime = now;
        Name name = new Name(node, parent.node, nameOf(path));
        parent.node.entries().put(name.name, name);
        truth.placed(actor, node, null, path);
        queue.tell(Kind.CREATE, parent.node, name.name, node);
        return true;
    }

    void write(Name name, long bytes) {
        Node node = name.node;
        node.size += bytes;
        node.mtime = now();
        node.ctime = node.mtime;
        truth.wrote(actor, node, path(name));
        if (isLinked(name)) {
            queue.tell(Kind.MODIFY, name.parent, name.name, node);
        }
    }

    void open(Name name) {
        name.node.writers++;
    }

    void close(Name name) {
        name.node.writers--;
        truth.closed(actor, name.node, path(name));
        if (isLinked(name)) {
            queue.tell(Kind.CLOSE_WRITE, name.parent, name.name, name.node);
        }
    }

    private static boolean isLinked(Name name) {
        return name.parent != null && name.parent.entries().get(name.name) == name;
    }

    void setMode(Name name, int mode) {
        name.node.mode = mode;
        attributesSet(name, Truth.Field.MODE, mode);
    }

    void setOwner(Name name, long uid) {
        setOwner(name, uid, name.node.gid);
    }

    void setGroup(Name name, long gid) {
        setOwner(name, name.node.uid, gid);
    }

    /** chown(2), which sets both at once. */
    void setOwner(Name name, long uid, long gid) {
        Node node = name.node;
        node.ctime = now();
        if (node.uid != uid) {
            node.uid = uid;
            truth.set(actor, node, Truth.Field.UID, uid, path(name));
        }
        if (node.gid != gid) {
            node.gid = gid;
            truth.set(actor, node, Truth.Field.GID, gid, path(name));
        }
        queue.tell(Kind.ATTRIB, name.parent, name.name, node);
    }

    private void attributesSet(Name name, Truth.Field field, long value) {
        name.node.ctime = now();
        truth.set(actor, name.node, field, value, path(name));
        queue.tell(Kind.ATTRIB, name.parent, name.name, name.node);
    }

    /** rename(2), or with {@code RENAME_NOREPLACE}; false if it failed. */
    boolean rename(String from, String to, boolean replace) {
        Name name = find(from);
        Name target = find(to);
        Name toParent = find(parentOf(to));
        if (name == null
                || name.parent == null
                || toParent == null
                || !toParent.node.isDirectory()
                || to.startsWith(from + "/")
                || (target != null && (!replace || target.node.isDirectory() || name.node.isDirectory()))
                || (target != null && target.node == name.node)) {
            return false;
        }
        Node fromParent = name.parent;
        if (target != null) {
            unlinked(target, to);
        }
        fromParent.entries().remove(name.name);
        String before = name.name;
        name.name = nameOf(to);
        name.parent = toParent.node;
        toParent.node.entries().put(name.name, name);
        name.node.ctime = now();
        truth.placed(actor, name.node, from, to);
        queue.move(fromParent, before, toParent.node, name.name, name.node);
        return true;
    }

    boolean delete(String path) {
        Name name = find(path);
        if (name == null
                || name.parent == null
                || (name.node.isDirectory() && !name.node.entries().isEmpty())) {
            return false;
        }
        Node parent = name.parent;
        unlinked(name, path);
        queue.tell(Kind.DELETE, parent, name.name, name.node);
        return true;
    }

    private void unlinked(Name name, String path) {
        Node parent = name.parent;
        if (parent != null) {
            parent.entries().remove(name.name);
        }
        name.node.links--;
        name.node.ctime = now();
        truth.placed(actor, name.node, path, null);
    }

    static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
