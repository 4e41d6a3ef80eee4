package io.weir.posix;

/**
 * A thread's memory for what one system call is given and gives back; the next call uses it again, so nothing is copied or
 * allocated for each file.
 */
final class Scratch {
    private static final int PATH_MAX = 4096;
    private static final int STATX_BYTES = 256;
    private static final int LIST_BYTES = 64 << 10;
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final NativeBuffer path = new NativeBuffer(PATH_MAX);
    private final NativeBuffer status = new NativeBuffer(STATX_BYTES);
    private final NativeBuffer how = new NativeBuffer(Libc.OPEN_HOW_BYTES);
    private final NativeBuffer list = new NativeBuffer(LIST_BYTES);

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /**
     * The address of a path with a NUL behind, until the next one is put.
     *
     * @param call which is about to be made
     * @throws PosixException ENAMETOOLONG if no call would take it
     */
    long path(String text, String call) throws PosixException {
        byte[] bytes = PathText.encode(text);
        if (bytes.length >= PATH_MAX) {
            throw new PosixException(Errno.ENAMETOOLONG, call, text);
        }
        path.bytes().put(0, bytes).put(bytes.length, (byte) 0);
        return path.address();
    }

    /** What statx(2) fills. */
    NativeBuffer status() {
        return status;
    }

    /** What getdents64(2) fills. */
    NativeBuffer list() {
        return list;
    }

    /** The address of a struct open_how, as openat2(2) takes it. */
    long how(long flags, long resolve) {
        how.bytes().putLong(0, flags).putLong(8, 0).putLong(16, resolve);
        return how.address();
    }
}
