package io.weir.posix;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An open directory: what is asked of it is about that very directory, wherever it is moved meanwhile. Not safe for
 * several threads.
 */
public final class Directory implements Closeable {
    private static final int FLAGS = Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
    private static final int CHUNK_BYTES = 4000;
    private static final byte DT_UNKNOWN = 0;
    private static final byte DT_DIR = 4;

    private static volatile boolean openat2 = true;

    private final int descriptor;
    private final String path;

    private Directory(int descriptor, String path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    /** Takes the names in a directory. */
    @FunctionalInterface
    public interface Names {
        /** One entry; never {@code .} or {@code ..}. The name is in the text form of {@link PathText}. */
        void name(String name) throws PosixException;
    }

    private interface Entries {
        /** With the type that the file system notes beside the name; not all do. */
        void entry(String name, byte type) throws PosixException;
    }

    /**
     * Opens a directory for listing. No component of the path may be a symbolic link (before Linux 5.6: the last one),
     * and it may be longer than PATH_MAX.
     *
     * @param path absolute
     * @throws PosixException ELOOP or ENOTDIR if a link or something else is there
     */
    public static Directory open(String path) throws PosixException {
        return open(path, FLAGS);
    }

    /** Opens a directory for asking about it and its entries, not for listing; needs no right to read it. */
    public static Directory openPath(String path) throws PosixException {
        return open(path, FLAGS | Libc.O_PATH);
    }

    /** The same directory, opened for listing. */
    static Directory of(OpenPath directory) throws PosixException {
        int descriptor = Libc.openat(directory.descriptor(), Libc.path("."), FLAGS, 0);
        if (descriptor < 0) {
            throw Libc.failure("open", directory.path());
        }
        return new Directory(descriptor, directory.path());
    }

    private static Directory open(String path, int flags) throws PosixException {
        // a char is at most three bytes
        if (path.length() <= CHUNK_BYTES / 3) {
            return new Directory(openAt(Libc.AT_FDCWD, path, flags, path), path);
        }
        return new Directory(openLong(path, flags), path);
    }

    private static int openLong(String path, int flags) throws PosixException {
        int at = Libc.AT_FDCWD;
        int start = 0;
        while (true) {
            int end = chunkEnd(path, start);
            int next;
            try {
                next = openAt(at, path.substring(start, end), flags, path);
            } finally {
                if (at != Libc.AT_FDCWD) {
                    Libc.close(at);
                }
            }
            if (end == path.length()) {
                return next;
            }
            at = next;
            start = end + 1;
        }
    }

    /** The end of a piece that fits into one call: a slash or the end. A char is at most three bytes. */
    private static int chunkEnd(String path, int start) {
        int limit = start + CHUNK_BYTES / 3;
        return limit >= path.length() ? path.length() : path.lastIndexOf('/', limit);
    }

    private static int openAt(int at, String part, int flags, String path) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long address = scratch.path(part, "open");
        if (openat2) {
            int result = Libc.openat2(at, address, scratch.how(flags, Libc.RESOLVE_NO_SYMLINKS));
            if (result >= 0) {
                return result;
            }
            PosixException failure = Libc.failure("open", path);
            if (failure.errno() != Errno.ENOSYS && failure.errno() != Errno.EPERM) {
                throw failure;
            }
            openat2 = false;
        }
        int result = Libc.openat(at, address, flags, 0);
        if (result < 0) {
            throw Libc.failure("open", path);
        }
        return result;
    }

    /** The directory's own attributes. */
    public FileStatus status() throws PosixException {
        return FileStatus.of(descriptor, path);
    }

    /** The attributes of an entry. */
    public FileStatus lstat(String name) throws PosixException {
        return FileStatus.at(descriptor, name);
    }

    /** Lists all entries from here on, in the file system's order; once for one opening. */
    public void list(Names names) throws PosixException {
        while (listSome(names)) {
            // the next part
        }
    }

    /**
     * Lists some entries, a thousand or two of ordinary length.
     *
     * @return false if there were none left
     */
    public boolean listSome(Names names) throws PosixException {
        return listSome((name, type) -> names.name(name));
    }

    private boolean listSome(Entries entries) throws PosixException {
        NativeBuffer list = Scratch.ofThread().list();
        long length = Libc.getdents64(descriptor, list);
        if (length < 0) {
            throw Libc.failure("getdents64", path);
        }
        byte[] copy = new byte[(int) length];
        list.bytes().get(0, copy);
        each(copy, entries);
        return length > 0;
    }

    /** Lists the directories directly in here, in the file system's order; links to directories are none. Once for one opening. */
    public void listDirectories(Names names) throws PosixException {
        while (listSome((name, type) -> {
            if (type == DT_DIR || (type == DT_UNKNOWN && lstat(name).isDirectory())) {
                names.name(name);
            }
        })) {
            // the next part
        }
    }

    private static void each(byte[] bytes, Entries entries) throws PosixException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int at = 0;
        while (at < bytes.length) {
            int end = at + Short.toUnsignedInt(buffer.getShort(at + 16));
            int start = at + 19;
            int stop = start;
            while (stop < end && bytes[stop] != 0) {
                stop++;
            }
            String name = PathText.decode(bytes, start, stop - start);
            if (!name.equals(".") && !name.equals("..")) {
                entries.entry(name, bytes[at + 18]);
            }
            at = end;
        }
    }

    /**
     * Waits until changes of entries that are under way in this directory are over and their events queued: the kernel
     * holds the directory's lock for both, and listing takes it too.
     */
    public void awaitChangesUnderWay() throws PosixException {
        if (Libc.getdents64(descriptor, Scratch.ofThread().list()) < 0) {
            throw Libc.failure("getdents64", path);
        }
    }

    /** A path that leads to this very directory while it is open. */
    public String descriptorPath() {
        return "/proc/self/fd/" + descriptor;
    }

    int descriptor() {
        return descriptor;
    }

    /** The path that it was opened by. */
    public String path() {
        return path;
    }

    @Override
    public void close() {
        Libc.close(descriptor);
    }
}
