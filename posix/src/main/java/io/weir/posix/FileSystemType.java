package io.weir.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The type of the file system that a path lies on, by statfs(2).
 *
 * @param magic f_type
 * @param name such as {@code ext4}; the number in hexadecimal where it is not known
 */
public record FileSystemType(long magic, String name) {
    private static final Set<String> REMOTE = Set.of("nfs", "smb", "cifs", "smb2", "fuse", "afs", "ceph", "9p", "gfs2");

    /** Asks the kernel; links are followed. */
    public static FileSystemType of(String path) throws PosixException {
        byte[] buffer = new byte[256];
        if (Libc.statfs(Libc.path(path), buffer) != 0) {
            throw Libc.failure("statfs", path);
        }
        long magic = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder()).getLong(0) & 0xffffffffL;
        return new FileSystemType(magic, name(magic));
    }

    /** Whether others can change it without this kernel's knowing, so that inotify is blind to them. */
    public boolean mayChangeUnseen() {
        return REMOTE.contains(name);
    }

    /** Numbers as in linux/magic.h. */
    private static String name(long magic) {
        return switch ((int) magic) {
            case 0xEF53 -> "ext4";
            case 0x58465342 -> "xfs";
            case 0x9123683E -> "btrfs";
            case 0x01021994 -> "tmpfs";
            case 0x794c7630 -> "overlay";
            case 0x2fc12fc1 -> "zfs";
            case 0x6969 -> "nfs";
            case 0x517B -> "smb";
            case 0xFF534D42 -> "cifs";
            case 0xFE534D42 -> "smb2";
            case 0x65735546 -> "fuse";
            case 0x5346414F -> "afs";
            case 0x00c36400 -> "ceph";
            case 0x01021997 -> "9p";
            case 0x01161970 -> "gfs2";
            case 0x9fa0 -> "proc";
            case 0x62656572 -> "sysfs";
            default -> "0x" + Long.toHexString(magic);
        };
    }
}
