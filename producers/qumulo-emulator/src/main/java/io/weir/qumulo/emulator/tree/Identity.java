package io.weir.qumulo.emulator.tree;

/**
 * An owner or a group.
 *
 * @param authId the cluster's number for it
 * @param type such as {@code LOCAL_USER}, {@code NFS_UID}
 * @param value the name or number within that type
 */
public record Identity(String authId, String type, String value) {
    public static final Identity ADMIN = new Identity("500", "LOCAL_USER", "admin");
    public static final Identity USERS = new Identity("513", "LOCAL_GROUP", "Users");

    /** An NFS user id. The auth id is made of it, as the cluster does with a number of its own. */
    public static Identity uid(String number) {
        return new Identity("1" + number, "NFS_UID", number);
    }

    /** An NFS group id. */
    public static Identity gid(String number) {
        return new Identity("2" + number, "NFS_GID", number);
    }
}
