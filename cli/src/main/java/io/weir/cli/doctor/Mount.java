package io.weir.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A mounted file system.
 *
 * @param point where
 * @param type as the kernel names it, such as {@code ext4}, {@code nfs4}, {@code fuse.sshfs}
 */
record Mount(Path point, String type) {
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
            "smb3",
            "smbfs",
            "vboxsf",
            "virtiofs",
            "wekafs");

    private static final Set<String> MADE_UP = Set.of(
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "debugfs",
            "efivarfs",
            "proc",
            "pstore",
            "securityfs",
            "sysfs",
            "tracefs");

    /** All mounts that this process sees, in the kernel's order; a later one over the same point hides the earlier. */
    static List<Mount> read(Path mountinfo) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1)) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ", -1);
            if (halves.length == 2 && fields.length > 4) {
                mounts.add(new Mount(Path.of(unescape(fields[4])), halves[1].split(" ", 2)[0]));
            }
        }
        return mounts;
    }

    /** The one that a directory lies on. */
    static Mount of(Path directory, List<Mount> mounts) {
        Mount best = new Mount(Path.of("/"), "unknown");
        for (Mount mount : mounts) {
            if (directory.startsWith(mount.point) && mount.point.getNameCount() >= best.point.getNameCount()) {
                best = mount;
            }
        }
        return best;
    }

    /** Whether others may change it behind this kernel's back: other hosts, or the program behind a FUSE mount. */
    boolean mayChangeUnseen() {
        return SHARED.contains(type) || type.equals("fuse") || type.startsWith("fuse.");
    }

    /** Whether the kernel makes it up at each look, so that nothing tells when it changes. */
    boolean isMadeUp() {
        return MADE_UP.contains(type);
    }

    /** Blanks, tabs, newlines and backslashes come as three octal digits (proc(5)); names are UTF-8. */
    private static String unescape(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 4), 8);
                i += 3;
            } else {
                bytes[length++] = (byte) text.charAt(i);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
