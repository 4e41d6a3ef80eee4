package io.weir.qumulo.emulator.settings;

import java.util.List;

/** The privileges that the emulated calls ask for. */
public final class Privileges {
    public static final String FILE_READ_ACCESS = "PRIVILEGE_FILE_READ_ACCESS";
    public static final String SNAPSHOT_READ = "PRIVILEGE_SNAPSHOT_READ";
    public static final String SNAPSHOT_WRITE = "PRIVILEGE_SNAPSHOT_WRITE";
    public static final String SNAPSHOT_DIFFERENCE_READ = "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ";
    public static final String FS_DELETE_TREE_WRITE = "PRIVILEGE_FS_DELETE_TREE_WRITE";
    public static final String CLUSTER_READ = "PRIVILEGE_CLUSTER_READ";
    public static final String NETWORK_IP_ALLOCATION_READ = "PRIVILEGE_NETWORK_IP_ALLOCATION_READ";

    public static final String ACCESS_TOKENS_READ = "PRIVILEGE_ACCESS_TOKENS_READ";
    public static final String ACCESS_TOKENS_WRITE = "PRIVILEGE_ACCESS_TOKENS_WRITE";

    /** What the user has unless told otherwise. */
    public static final List<String> ALL = List.of(
            FILE_READ_ACCESS,
            SNAPSHOT_READ,
            SNAPSHOT_WRITE,
            SNAPSHOT_DIFFERENCE_READ,
            FS_DELETE_TREE_WRITE,
            CLUSTER_READ,
            NETWORK_IP_ALLOCATION_READ,
            ACCESS_TOKENS_READ,
            ACCESS_TOKENS_WRITE);

    private Privileges() {}
}
