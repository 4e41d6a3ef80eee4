package io.weir.qumulo.emulator.tree;

import io.weir.qumulo.emulator.notify.NotifyType;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Several attributes to set at once; what is not named stays. For one thread. */
public final class AttributeChange {
    private @Nullable Integer mode;
    private @Nullable Identity owner;
    private @Nullable Identity group;
    private @Nullable Instant created;
    private @Nullable Instant modified;
    private @Nullable Instant changed;
    private @Nullable Instant accessed;
    private @Nullable Long size;
    private @Nullable String acl;
    private final SortedSet<String> flagsOn = new TreeSet<>();
    private final SortedSet<String> flagsOff = new TreeSet<>();

    /** Permission bits, 0 to 07777. */
    public AttributeChange mode(int bits) {
        mode = bits;
        return this;
    }

    public AttributeChange owner(Identity identity) {
        owner = identity;
        return this;
    }

    public AttributeChange group(Identity identity) {
        group = identity;
        return this;
    }

    /** The creation (birth) time. */
    public AttributeChange created(Instant time) {
        created = time;
        return this;
    }

    public AttributeChange modified(Instant time) {
        modified = time;
        return this;
    }

    /** The change time, which no notification tells of. */
    public AttributeChange changed(Instant time) {
        changed = time;
        return this;
    }

    public AttributeChange accessed(Instant time) {
        accessed = time;
        return this;
    }

    /** In bytes; cuts or lengthens the file. */
    public AttributeChange size(long bytes) {
        size = bytes;
        return this;
    }

    /** As the API's JSON. */
    public AttributeChange acl(String json) {
        acl = json;
        return this;
    }

    /** One of the Windows attributes, such as {@code hidden}. */
    public AttributeChange flag(String name, boolean on) {
        (on ? flagsOn : flagsOff).add(name);
        return this;
    }

    Inode apply(TreeEdit edit, FileRef ref) {
        if (size != null) {
            Contents.resize(edit, ref, size);
        }
        Inode before = edit.get(ref);
        Attributes old = before.attributes();
        Attributes next = next(old);
        Inode inode = edit.put(before.with(next, edit.now()));
        if (changed != null) {
            inode = edit.put(inode.with(next.withChanged(changed)));
        }
        tell(edit, inode, old, next);
        return inode;
    }

    private Attributes next(Attributes old) {
        Attributes next = old;
        next = mode == null ? next : next.withMode(mode);
        next = owner == null ? next : next.withOwner(owner);
        next = group == null ? next : next.withGroup(group);
        next = created == null ? next : next.withCreated(created);
        next = modified == null ? next : next.withModified(modified);
        next = accessed == null ? next : next.withAccessed(accessed);
        next = acl == null ? next : next.withAcl(acl);
        if (!flagsOn.isEmpty() || !flagsOff.isEmpty()) {
            var flags = new TreeSet<>(next.flags());
            flags.addAll(flagsOn);
            flags.removeAll(flagsOff);
            next = next.withFlags(flags);
        }
        return next;
    }

    /** A new mode or owner makes the access list anew, which is told as well. */
    private static void tell(TreeEdit edit, Inode inode, Attributes old, Attributes next) {
        tellIf(!old.created().equals(next.created()), edit, NotifyType.CHILD_BTIME_CHANGED, inode);
        tellIf(!old.modified().equals(next.modified()), edit, NotifyType.CHILD_MTIME_CHANGED, inode);
        tellIf(!old.accessed().equals(next.accessed()), edit, NotifyType.CHILD_ATIME_CHANGED, inode);
        tellIf(!old.flags().equals(next.flags()), edit, NotifyType.CHILD_EXTRA_ATTRS_CHANGED, inode);
        tellIf(!old.owner().equals(next.owner()), edit, NotifyType.CHILD_OWNER_CHANGED, inode);
        tellIf(!old.group().equals(next.group()), edit, NotifyType.CHILD_GROUP_CHANGED, inode);
        tellIf(
                old.mode() != next.mode()
                        || !old.owner().equals(next.owner())
                        || !old.acl().equals(next.acl()),
                edit,
                NotifyType.CHILD_ACL_CHANGED,
                inode);
    }

    private static void tellIf(boolean differs, TreeEdit edit, NotifyType type, Inode inode) {
        if (differs) {
            edit.tell(type, inode);
        }
    }
}
