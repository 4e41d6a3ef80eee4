package io.weir.qumulo.emulator.tree;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an inode says of itself besides its content.
 *
 * @param mode permission bits, 0 to 07777
 * @param flags the Windows attributes that are set, such as {@code hidden}
 * @param acl as JSON, or empty while it is made from the mode
 */
public record Attributes(
        int mode,
        Identity owner,
        Identity group,
        Instant created,
        Instant modified,
        Instant changed,
        Instant accessed,
        SortedSet<String> flags,
        String acl) {

    static Attributes initial(int mode, Instant now) {
        return new Attributes(mode, Identity.ADMIN, Identity.USERS, now, now, now, now, new TreeSet<>(), "");
    }

    /** Takes the access list that was set with it. */
    public Attributes withMode(int bits) {
        return new Attributes(bits, owner, group, created, modified, changed, accessed, flags, "");
    }

    /** Takes the access list that was set with it. */
    public Attributes withOwner(Identity identity) {
        return new Attributes(mode, identity, group, created, modified, changed, accessed, flags, "");
    }

    public Attributes withGroup(Identity identity) {
        return new Attributes(mode, owner, identity, created, modified, changed, accessed, flags, acl);
    }

    public Attributes withCreated(Instant time) {
        return new Attributes(mode, owner, group, time, modified, changed, accessed, flags, acl);
    }

    public Attributes withModified(Instant time) {
        return new Attributes(mode, owner, group, created, time, changed, accessed, flags, acl);
    }

    public Attributes withChanged(Instant time) {
        return new Attributes(mode, owner, group, created, modified, time, accessed, flags, acl);
    }

    public Attributes withAccessed(Instant time) {
        return new Attributes(mode, owner, group, created, modified, changed, time, flags, acl);
    }

    public Attributes withFlags(SortedSet<String> names) {
        return new Attributes(mode, owner, group, created, modified, changed, accessed, new TreeSet<>(names), acl);
    }

    public Attributes withAcl(String json) {
        return new Attributes(mode, owner, group, created, modified, changed, accessed, flags, json);
    }

    /** Whether a comparison of snapshots would tell nothing: access and change times do not count. */
    boolean looksLike(Attributes other) {
        return withChanged(other.changed).withAccessed(other.accessed).equals(other);
    }
}
