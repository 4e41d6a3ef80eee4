package io.weir.posix;

import java.util.Set;

/**
 * A mounted file system, and how much of what happens in it this kernel's inotify shows.
 *
 * @param id as the kernel numbers mounts
 * @param parent id of the mount that it is mounted on
 * @param point absolute path where it is mounted, in the text form of {@link PathText}
 * @param type as the kernel names it, such as {@code ext4}, {@code nfs4}, {@code fuse.sshfs}
 */
public record Mount(int id, int parent, String point, String type) {
    /** What of the changes in a file system inotify shows. */
    public enum Sight {
        /** All. */
        ALL("all changes are seen"),
        /** Not what is done to the layers of an overlay directly, rather than through it. */
        NOT_LAYERS("what is done to the layers below it, rather than through it, is not seen"),
        /** Only what is done on this host and through the mount. */
        NOT_OTHERS("inotify shows what is done on this host; what other hosts or the file server do is not seen"),
        /** Nothing but some writes: the kernel, or a program, makes up what is there at each look. */
        NOTHING("it is made up at each look, and nothing tells of changes");

        private final String text;

        Sight(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    /** File systems that other hosts, or a host above this virtual machine, change too. */
    private static final Set<String> SHARED = Set.of(
            "9p",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "gfs2",
            "glusterfs",
            "gpfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs4",
            "ocfs2",
            "orangefs",
            "prl_fs",
            "smb3",
            "smbfs",
            "vboxsf",
            "virtiofs",
            "vmhgfs",
            "wekafs");

    private static final Set<String> MADE_UP = Set.of(
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "efivarfs",
            "fuse.gvfsd-fuse",
            "fuse.lxcfs",
            "fuse.portal",
            "fusectl",
            "nsfs",
            "proc",
            "pstore",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "sysfs",
            "tracefs");

    /** How much of what happens in it inotify shows. */
    public Sight sight() {
        if (MADE_UP.contains(type)) {
            return Sight.NOTHING;
        }
        // The program behind a FUSE mount, often on another host, changes what it shows without telling the kernel.
        if (SHARED.contains(type) || type.equals("fuse") || type.startsWith("fuse.")) {
            return Sight.NOT_OTHERS;
        }
        return type.equals("overlay") ? Sight.NOT_LAYERS : Sight.ALL;
    }

    /** Whether others can change it without this kernel's knowing, so that only looking again helps. */
    public boolean mayChangeUnseen() {
        return sight() == Sight.NOT_OTHERS;
    }
}
