package io.weir.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** System calls that change files beneath an open directory, mapped directly; names as in the manual pages, section 2. */
final class SafeCalls {
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_REMOVEDIR = 0x200;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_TMPFILE = 0x400000 | Libc.O_DIRECTORY;
    /** Of a time: leave it. */
    static final long UTIME_OMIT = (1L << 30) - 2;

    static final long RESOLVE_NO_MAGICLINKS = 0x02;
    static final long RESOLVE_NO_SYMLINKS = 0x04;
    static final long RESOLVE_BENEATH = 0x08;
    static final int RENAME_NOREPLACE = 1;

    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;
    private static final int FLOCK_BYTES = 32;

    private static final long SYS_FCHMODAT2 = 452;
    private static final long SYS_RENAMEAT2 = renameat2Number();

    static {
        Native.register(SafeCalls.class, Platform.C_LIBRARY_NAME);
    }

    private SafeCalls() {}

    static native int mkdirat(int directory, byte[] name, int mode);

    static native int unlinkat(int directory, byte[] name, int flags);

    static native int chmod(byte[] path, int mode);

    static native int linkat(int from, byte[] name, int to, byte[] toName, int flags);

    static native int symlinkat(byte[] target, int directory, byte[] name);

    static native long readlinkat(int directory, byte[] name, byte[] target, long bytes);

    /** Times as two struct timespec. */
    static native int utimensat(int directory, byte[] path, byte[] times, int flags);

    static native long listxattr(byte[] path, byte[] names, long bytes);

    static native long getxattr(byte[] path, byte[] name, byte[] value, long bytes);

    static native int setxattr(byte[] path, byte[] name, byte[] value, long bytes, int flags);

    static native int fchownat(int directory, byte[] name, int uid, int gid, int flags);

    private static native int fcntl(int descriptor, int command, byte[] flock);

    private static native long syscall(long number, long from, byte[] name, long to, byte[] toName, long flags);

    private static native long syscall(long number, long directory, byte[] name, long mode, long flags);

    /** By number, since musl has no such function. */
    static int renameat2(int from, byte[] name, int to, byte[] toName, int flags) {
        return (int) syscall(SYS_RENAMEAT2, from, name, to, toName, flags);
    }

    /** fchmodat2 on the file that an {@code O_PATH} descriptor names; fails with ENOSYS before Linux 6.6. */
    static int chmodDescriptor(int descriptor, int mode) {
        return (int) syscall(SYS_FCHMODAT2, descriptor, new byte[1], mode, Libc.AT_EMPTY_PATH);
    }

    /** Takes an exclusive lock on the whole file, owned by the open file description; fails with EAGAIN if it is held. */
    static int lock(int descriptor) {
        return fcntl(descriptor, F_OFD_SETLK, flock());
    }

    /** Whether another open file description or process holds a lock: 1 if so, 0 if not, -1 for failure. */
    static int isLocked(int descriptor) {
        byte[] flock = flock();
        if (fcntl(descriptor, F_OFD_GETLK, flock) != 0) {
            return -1;
        }
        return ByteBuffer.wrap(flock).order(ByteOrder.nativeOrder()).getShort(0) == F_UNLCK ? 0 : 1;
    }

    /** {@code struct flock} of 64-bit Linux: type, whence, start and length (0: to the end), process (must be 0). */
    private static byte[] flock() {
        byte[] flock = new byte[FLOCK_BYTES];
        ByteBuffer.wrap(flock).order(ByteOrder.nativeOrder()).putShort(0, F_WRLCK);
        return flock;
    }

    private static long renameat2Number() {
        return switch (Platform.ARCH) {
            case "x86-64" -> 316;
            case "s390x" -> 347;
            case "ppc64", "ppc64le" -> 357;
            default -> 276; // the generic table: aarch64, riscv64, loongarch64
        };
    }
}
