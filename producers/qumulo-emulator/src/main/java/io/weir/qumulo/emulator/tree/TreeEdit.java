package io.weir.qumulo.emulator.tree;

import io.weir.qumulo.emulator.notify.Notification;
import io.weir.qumulo.emulator.notify.NotifyType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One change in the making: the state to be, and what watchers are told of it. For one thread. */
final class TreeEdit {
    private static final int LONGEST_NAME = 255;

    private final Instant now;
    private final boolean observed;
    private final boolean parentTimes;
    private final List<Notification> notifications = new ArrayList<>();
    private TreeState state;
    private long nextId;
    private boolean manySteps;
    /** The last one looked for: an action is told several times of one place. Nothing hangs elsewhere in between. */
    private TreeState.@Nullable Trail trail;

    private @Nullable Link trailEnd;

    /**
     * @param observed whether anybody watches; if not, nothing is told
     * @param parentTimes whether a directory's own new modification time is told too
     */
    TreeEdit(TreeState state, long nextId, Instant now, boolean observed, boolean parentTimes) {
        this.state = state;
        this.nextId = nextId;
        this.now = now;
        this.observed = observed;
        this.parentTimes = parentTimes;
    }

    TreeState state() {
        return state;
    }

    long nextId() {
        return nextId;
    }

    Instant now() {
        return now;
    }

    List<Notification> notifications() {
        return notifications;
    }

    /** It stands for many actions: each notification is then told on its own, not all of them together. */
    void hasManySteps() {
        manySteps = true;
    }

    boolean isOfManySteps() {
        return manySteps;
    }

    Inode get(FileRef ref) {
        return state.get(ref);
    }

    Inode put(Inode inode) {
        state = new TreeState(state.inodes().with(inode.id(), inode));
        return inode;
    }

    /** One that is in the tree once it hangs somewhere. */
    Inode make(FileType type, int mode, Body body) {
        return Inode.of(nextId++, type, mode, now, body);
    }

    /** Hangs it into a directory, where it must not be yet. */
    Inode hang(Inode inode, long directory, String name) {
        checkName(name);
        trail = null;
        Inode parent = state.get(directory);
        if (parent.entries().get(name) != null) {
            throw FsError.ENTRY_EXISTS.of(name);
        }
        put(parent.with(new Body.Directory(parent.entries().with(name, inode.id())), now));
        var links = new ArrayList<>(inode.links());
        links.add(new Link(directory, name));
        return put(inode.with(links, now));
    }

    /** Takes it out of one directory; the inode stays, even without any place. */
    Inode unhang(Inode inode, Link link) {
        trail = null;
        Inode parent = state.get(link.directory());
        put(parent.with(new Body.Directory(parent.entries().without(link.name())), now));
        var links = new ArrayList<>(inode.links());
        links.remove(link);
        return put(inode.with(links, now));
    }

    void drop(Inode inode) {
        state = new TreeState(state.inodes().without(inode.id()));
    }

    /** Tells of an inode at each of its places. */
    void tell(NotifyType type, Inode inode) {
        tellStream(type, inode, null);
    }

    void tellStream(NotifyType type, Inode inode, @Nullable String stream) {
        if (observed) {
            for (Link link : inode.links()) {
                notifications.add(notification(type, inode, link, stream));
            }
        }
    }

    /** Tells of an inode at one place, where it has to be now. */
    void tellAt(NotifyType type, Inode inode, Link link) {
        if (observed) {
            notifications.add(notification(type, inode, link, null));
        }
    }

    /** That a directory's entries changed, if such is told at all. */
    void tellModified(long directory) {
        if (parentTimes) {
            tell(NotifyType.CHILD_MTIME_CHANGED, state.get(directory));
        }
    }

    private Notification notification(NotifyType type, Inode inode, Link link, @Nullable String stream) {
        TreeState.Trail way = trail;
        if (way == null || !link.equals(trailEnd)) {
            way = state.trailOf(link);
            trail = way;
            trailEnd = link;
        }
        long[] spine = Arrays.copyOf(way.directories(), way.directories().length + 1);
        spine[spine.length - 1] = inode.id();
        return new Notification(type, spine, way.names(), stream);
    }

    static void checkName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw FsError.INVALID_NAME.of(name);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw FsError.NAME_SIZE.of(name);
        }
    }

    /** The place that a path names, or, of an id, the first one. */
    Link placeOf(FileRef ref) {
        Inode inode = get(ref);
        if (inode.links().isEmpty()) {
            throw FsError.INVALID_NAME.of("/");
        }
        if (ref instanceof FileRef.ByPath path) {
            List<String> names = path.names();
            Inode directory = get(new FileRef.ByPath(names.subList(0, names.size() - 1)));
            return new Link(directory.id(), names.get(names.size() - 1));
        }
        return Objects.requireNonNull(inode.links().get(0));
    }
}
