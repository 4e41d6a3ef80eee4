package io.weir.agent.randomised;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import io.weir.posix.PathText;
import java.util.Arrays;

/** What is done to files, by names that are any bytes; as in the manual pages, section 2. A failure is -1. */
final class Syscalls {
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_TRUNC = 0x200;
    static final int O_APPEND = 0x400;
    /** So that opening a fifo never waits. */
    static final int O_NONBLOCK = 0x800;

    static final int O_NOFOLLOW = 0x20000;
    static final int O_PATH = 0x200000;

    private static final int AT_FDCWD = -100;

    static {
        Native.register(Syscalls.class, Platform.C_LIBRARY_NAME);
    }

    private Syscalls() {}

    static native int open(byte[] path, int flags, int mode);

    static native int close(int descriptor);

    static native long write(int descriptor, byte[] bytes, long count);

    static native int mkdir(byte[] path, int mode);

    static native int rmdir(byte[] path);

    static native int rename(byte[] from, byte[] to);

    static native int link(byte[] from, byte[] to);

    static native int unlink(byte[] path);

    static native int symlink(byte[] target, byte[] path);

    static native int mkfifo(byte[] path, int mode);

    static native int chmod(byte[] path, int mode);

    static native int lchown(byte[] path, int user, int group);

    static native int truncate(byte[] path, long size);

    private static native int utimensat(int directory, byte[] path, long[] times, int flags);

    /** Sets the times of last access and modification, in seconds since 1970. */
    static int touch(byte[] path, long seconds) {
        return utimensat(AT_FDCWD, path, new long[] {seconds, 0, seconds, 0}, 0);
    }

    /** The exact bytes with a NUL behind. */
    static byte[] path(String text) {
        byte[] bytes = PathText.encode(text);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }
}
