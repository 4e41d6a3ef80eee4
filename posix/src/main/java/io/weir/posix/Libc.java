package io.weir.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The C library, mapped directly; names as in the manual pages, section 2. The one place that registers natives.
 *
 * <p>A method gives back -1 for failure; {@link #failure} makes the exception of it, which must be the next thing that
 * the thread calls. Paths are bytes that end in NUL ({@link #path}).
 *
 * <p>What is called for each file takes addresses ({@link NativeBuffer}): JNA copies arrays in and out, which costs more than
 * the call.
 */
final class Libc {
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int O_RDONLY = 0;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    /** These two differ between architectures. */
    static final int O_DIRECTORY = onArm() || onPower() ? 0x4000 : 0x10000;

    static final int O_NOFOLLOW = onArm() || onPower() ? 0x8000 : 0x20000;
    static final int O_PATH = 0x200000;

    /** openat2: no component may be a symbolic link. */
    static final long RESOLVE_NO_SYMLINKS = 0x04;

    /** The size of struct open_how. */
    static final int OPEN_HOW_BYTES = 24;

    private static final long SYS_OPENAT2 = 437;
    private static final long SYS_GETDENTS64 = getdentsNumber();

    static {
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {}

    static native int open(byte[] path, int flags, int mode);

    static native int openat(int directory, byte[] path, int flags, int mode);

    /** The same; the path is at an address. */
    static native int openat(int directory, long path, int flags, int mode);

    static native int close(int descriptor);

    static native long read(int descriptor, long buffer, long count);

    static native long write(int descriptor, ByteBuffer buffer, long count);

    static native int poll(ByteBuffer descriptors, long count, int timeoutMillis);

    static native int eventfd(int initial, int flags);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int descriptor, long path, int mask);

    static native int inotify_rm_watch(int descriptor, int watch);

    static native int statx(int directory, long path, int flags, int mask, long buffer);

    static native int fcntl(int descriptor, int command, long argument);

    static native String strerror(int errno);

    private static native long syscall(long number, long first, long second, long third);

    private static native long syscall(long number, long first, long second, long third, long fourth);

    private static native long syscall(long number, long directory, byte[] path, byte[] how, long size);

    static long getdents64(int descriptor, NativeBuffer buffer) {
        return syscall(SYS_GETDENTS64, descriptor, buffer.address(), buffer.capacity());
    }

    /** The same as below; the path and how to open it are at addresses. */
    static int openat2(int directory, long path, long how) {
        return (int) syscall(SYS_OPENAT2, directory, path, how, OPEN_HOW_BYTES);
    }

    /** openat2; fails with ENOSYS before Linux 5.6, and with EPERM under some container runtimes' filters. */
    static int openat2(int directory, byte[] path, long flags, long mode, long resolve) {
        byte[] how = new byte[OPEN_HOW_BYTES];
        ByteBuffer.wrap(how)
                .order(java.nio.ByteOrder.nativeOrder())
                .putLong(flags)
                .putLong(mode)
                .putLong(resolve);
        return (int) syscall(SYS_OPENAT2, directory, path, how, how.length);
    }

    /** The path's or name's exact bytes with a NUL behind. */
    static byte[] path(String text) {
        byte[] bytes = PathText.encode(text);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    /** The error number of the call that this thread just made. */
    static int errno() {
        return Native.getLastError();
    }

    /** The failure of the call that this thread just made. */
    static PosixException failure(String call, String path) {
        return new PosixException(errno(), call, path);
    }

    private static boolean onArm() {
        return Platform.ARCH.equals("aarch64") || Platform.ARCH.equals("arm");
    }

    private static boolean onPower() {
        return Platform.ARCH.startsWith("ppc");
    }

    private static long getdentsNumber() {
        return switch (Platform.ARCH) {
            case "x86-64" -> 217;
            case "s390x" -> 220;
            case "ppc64", "ppc64le" -> 202;
            default -> 61; // the generic table: aarch64, riscv64, loongarch64
        };
    }
}
