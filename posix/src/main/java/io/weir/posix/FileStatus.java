package io.weir.posix;

import java.nio.ByteBuffer;

/**
 * A file's attributes as {@code statx(2)} reads them, never following a link in the last component.
 *
 * @param device as {@code st_dev}
 * @param inode inode number
 * @param type the S_IFMT bits of the mode
 * @param mode permission bits with setuid, setgid and sticky
 * @param size bytes
 * @param uid owner
 * @param gid group
 * @param linkCount hard links
 * @param mtime nanoseconds since 1970
 * @param ctime nanoseconds since 1970
 * @param btime nanoseconds since 1970, or -1 where the file system has none
 */
public record FileStatus(
        long device,
        long inode,
        int type,
        int mode,
        long size,
        long uid,
        long gid,
        long linkCount,
        long mtime,
        long ctime,
        long btime) {
    private static final int STATX_BASIC_STATS_AND_BTIME = 0x7ff | 0x800;
    private static final int STATX_BTIME = 0x800;
    /** As many chars of a path surely fit into one call. */
    private static final int SHORT_CHARS = 1_300;

    /** The file at a path of any length; fails with ENOENT or ENOTDIR if there is none. */
    public static FileStatus lstat(String path) throws PosixException {
        if (path.length() <= SHORT_CHARS) {
            return read(Libc.AT_FDCWD, path, Libc.AT_SYMLINK_NOFOLLOW, path);
        }
        int slash = path.lastIndexOf('/');
        try (Directory parent = Directory.open(path.substring(0, slash))) {
            return parent.lstat(path.substring(slash + 1));
        }
    }

    static FileStatus at(int directory, String name) throws PosixException {
        return read(directory, name, Libc.AT_SYMLINK_NOFOLLOW, name);
    }

    static FileStatus of(int descriptor, String path) throws PosixException {
        return read(descriptor, "", Libc.AT_EMPTY_PATH, path);
    }

    private static FileStatus read(int directory, String path, int flags, String subject) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        NativeBuffer status = scratch.status();
        long address = scratch.path(path, "statx");
        if (Libc.statx(directory, address, flags, STATX_BASIC_STATS_AND_BTIME, status.address()) != 0) {
            throw Libc.failure("statx", subject);
        }
        return parse(status.bytes());
    }

    /** Offsets as in linux/stat.h, which are the same on all architectures. */
    private static FileStatus parse(ByteBuffer b) {
        int mode = Short.toUnsignedInt(b.getShort(28));
        boolean born = (b.getInt(0) & STATX_BTIME) != 0;
        return new FileStatus(
                device(b.getInt(136), b.getInt(140)),
                b.getLong(32),
                mode & 0170000,
                mode & 07777,
                b.getLong(40),
                Integer.toUnsignedLong(b.getInt(20)),
                Integer.toUnsignedLong(b.getInt(24)),
                Integer.toUnsignedLong(b.getInt(16)),
                nanos(b, 112),
                nanos(b, 96),
                born ? nanos(b, 80) : -1);
    }

    private static long nanos(ByteBuffer b, int offset) {
        return b.getLong(offset) * 1_000_000_000L + b.getInt(offset + 8);
    }

    /** As makedev(3). */
    private static long device(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return ((high & 0xfffff000L) << 32) | ((high & 0xfff) << 8) | ((low & 0xffffff00L) << 12) | (low & 0xff);
    }

    /** {@code device:inode} in hexadecimal. */
    public String fileId() {
        return fileId(device, inode);
    }

    /** Device and inode as one text. */
    public static String fileId(long device, long inode) {
        return Long.toHexString(device) + ":" + Long.toHexString(inode);
    }

    /** {@code file}, {@code directory}, {@code link}, {@code fifo}, {@code socket}, {@code block-device}, {@code character-device}. */
    public String kind() {
        return switch (type) {
            case 0040000 -> "directory";
            case 0120000 -> "link";
            case 0010000 -> "fifo";
            case 0140000 -> "socket";
            case 0060000 -> "block-device";
            case 0020000 -> "character-device";
            default -> "file";
        };
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return type == 0040000;
    }

    /** Whether it is a regular file. */
    public boolean isRegularFile() {
        return type == 0100000;
    }
}
