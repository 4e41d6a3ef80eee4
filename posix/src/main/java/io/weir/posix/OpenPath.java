package io.weir.posix;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A file or directory held by an {@code O_PATH} descriptor: it stays the same one, wherever it is moved and whatever is
 * put in its place. Opening it leaves no event behind, needs no permission on the file itself, and blocks on nothing.
 *
 * <p>What is opened beneath a directory is reached through directories alone: no symbolic link is followed, no {@code ..}
 * goes up. {@code openat2} with {@code RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS} where the kernel has
 * it (Linux 5.6), else component by component. Mount points on the way are followed: they belong to the volume; a file on
 * another file system has another file id. Not safe for several threads.
 */
public final class OpenPath implements Closeable {
    private static final int FLAGS = Libc.O_PATH | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
    private static final long BENEATH =
            SafeCalls.RESOLVE_BENEATH | SafeCalls.RESOLVE_NO_SYMLINKS | SafeCalls.RESOLVE_NO_MAGICLINKS;
    private static final int LONGEST_LINK = 4096;
    /** Longer paths are walked: the kernel takes at most PATH_MAX, 4096, in one call. */
    private static final int LONGEST_AT_ONCE = 4000;

    private static volatile boolean openat2 = true;

    private final int descriptor;
    private final String path;
    private boolean open = true;

    private OpenPath(int descriptor, String path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    /**
     * Opens a directory by any path, following links in it.
     *
     * @throws PosixException ENOENT, ENOTDIR and so on
     */
    public static OpenPath directory(String path) throws PosixException {
        int flags = Libc.O_PATH | Libc.O_DIRECTORY | Libc.O_CLOEXEC;
        int descriptor = Libc.open(Libc.path(path), flags, 0);
        if (descriptor < 0) {
            throw Libc.failure("open", path);
        }
        return new OpenPath(descriptor, path);
    }

    /**
     * Opens what is at a path beneath this directory; a symbolic link there is opened itself.
     *
     * @param relative names separated by single slashes; empty for this directory itself
     * @throws PosixException ENOENT if nothing is there; ELOOP or ENOTDIR if a link or something else than a directory is
     *     on the way
     * @throws IllegalArgumentException if a name is empty, {@code .} or {@code ..}, or has a NUL
     */
    public OpenPath beneath(String relative) throws PosixException {
        requireNames(relative);
        byte[] bytes = Libc.path(relative.isEmpty() ? "." : relative);
        String whole = relative.isEmpty() ? path : path + "/" + relative;
        if (openat2 && bytes.length <= LONGEST_AT_ONCE) {
            int result = Libc.openat2(descriptor, bytes, FLAGS, 0, BENEATH);
            if (result >= 0) {
                return new OpenPath(result, whole);
            }
            PosixException failure = Libc.failure("open", whole);
            if (failure.errno() != Errno.ENOSYS && failure.errno() != Errno.EPERM) {
                throw failure;
            }
            openat2 = false;
        }
        return walk(relative, whole);
    }

    /** Each directory on the way with {@code O_NOFOLLOW | O_DIRECTORY}, so that a link there fails with ENOTDIR. */
    OpenPath walk(String relative, String whole) throws PosixException {
        String[] names = relative.isEmpty() ? new String[] {"."} : relative.split("/", -1);
        int at = descriptor;
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            int next = Libc.openat(at, Libc.path(names[i]), last ? FLAGS : FLAGS | Libc.O_DIRECTORY, 0);
            PosixException failure = next < 0 ? Libc.failure("open", whole) : null;
            if (at != descriptor) {
                Libc.close(at);
            }
            if (failure != null) {
                throw failure;
            }
            at = next;
        }
        return new OpenPath(at, whole);
    }

    private static void requireNames(String relative) {
        if (!relative.isEmpty()) {
            for (String name : relative.split("/", -1)) {
                requireName(name);
            }
        }
    }

    private static void requireName(String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException("file name='" + PathText.display(name)
                    + "': expected a name, not empty, '.' or '..', without '/' and NUL");
        }
    }

    /** The attributes of this very file. */
    public FileStatus status() throws PosixException {
        return FileStatus.of(descriptor, path);
    }

    /** The attributes of an entry of this directory, a link itself. */
    public FileStatus status(String name) throws PosixException {
        requireName(name);
        return FileStatus.at(descriptor, name);
    }

    /** Sets the permission bits, 0 to 07777, of this very file, which must not be a symbolic link. */
    public void setMode(int mode) throws PosixException {
        if (SafeCalls.chmodDescriptor(descriptor, mode) == 0) {
            return;
        }
        PosixException failure = Libc.failure("chmod", path);
        if (failure.errno() != Errno.ENOSYS && failure.errno() != Errno.EPERM) {
            throw failure;
        }
        if (SafeCalls.chmod(Libc.path("/proc/self/fd/" + descriptor), mode) != 0) {
            throw Libc.failure("chmod", path);
        }
    }

    /**
     * Gives this very file to a user and a group; a symbolic link itself. Of a file that is no directory, the kernel takes
     * setuid and mostly setgid away (chown(2)), and file capabilities.
     *
     * @param uid 0 to 2^32 - 2, or -1 to leave it
     * @param gid likewise
     */
    public void setOwner(long uid, long gid) throws PosixException {
        if (SafeCalls.fchownat(descriptor, new byte[1], (int) uid, (int) gid, Libc.AT_EMPTY_PATH) != 0) {
            throw Libc.failure("chown", path);
        }
    }

    /** Opens this very directory for listing, which needs the right to read it. */
    public Directory list() throws PosixException {
        return Directory.of(this);
    }

    int descriptor() {
        return descriptor;
    }

    /** A path that leads to this very file while it is open; another process finds nothing there. */
    public Path descriptorPath() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    /**
     * Makes a regular file in this directory's file system that has no name, for reading and writing by its owner. It is gone
     * when it is closed, or its process dies, unless it has got a name by then ({@link #link}).
     *
     * @throws PosixException EOPNOTSUPP, or EISDIR before Linux 3.11, if the file system cannot (NFS, SMB)
     */
    public OpenPath makeUnnamed() throws PosixException {
        int flags = SafeCalls.O_TMPFILE | SafeCalls.O_RDWR | Libc.O_CLOEXEC;
        int made = Libc.openat(descriptor, Libc.path("."), flags, 0600);
        if (made < 0) {
            throw Libc.failure("make unnamed file in", path);
        }
        return new OpenPath(made, path + "/(unnamed)");
    }

    /**
     * Gives this very file a name more; never replaces anything.
     *
     * @throws PosixException EEXIST if the name is taken there; EXDEV if it is on another file system
     */
    public void link(OpenPath directory, String name) throws PosixException {
        requireName(name);
        byte[] self = Libc.path("/proc/self/fd/" + descriptor);
        if (SafeCalls.linkat(Libc.AT_FDCWD, self, directory.descriptor, Libc.path(name), SafeCalls.AT_SYMLINK_FOLLOW)
                != 0) {
            throw Libc.failure("link", directory.path + "/" + name);
        }
    }

    /** Makes a symbolic link in this directory; fails with EEXIST if the name is taken. */
    public void makeLink(String name, String target) throws PosixException {
        requireName(name);
        if (SafeCalls.symlinkat(Libc.path(target), descriptor, Libc.path(name)) != 0) {
            throw Libc.failure("symlink", path + "/" + name);
        }
    }

    /** What this very symbolic link points to. */
    public String linkTarget() throws PosixException {
        byte[] target = new byte[LONGEST_LINK];
        long length = SafeCalls.readlinkat(descriptor, new byte[1], target, target.length);
        if (length < 0) {
            throw Libc.failure("readlink", path);
        }
        return PathText.decode(target, 0, (int) length);
    }

    /**
     * Sets the time of modification of this very file, which must not be a symbolic link.
     *
     * @param mtime nanoseconds since 1970
     */
    public void setModified(long mtime) throws PosixException {
        ByteBuffer times = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
        times.putLong(0).putLong(SafeCalls.UTIME_OMIT);
        times.putLong(Math.floorDiv(mtime, 1_000_000_000L)).putLong(Math.floorMod(mtime, 1_000_000_000L));
        if (SafeCalls.utimensat(Libc.AT_FDCWD, Libc.path("/proc/self/fd/" + descriptor), times.array(), 0) != 0) {
            throw Libc.failure("utimensat", path);
        }
    }

    /** Makes a directory in this one; fails with EEXIST if the name is taken. The process's umask applies to the mode. */
    public void makeDirectory(String name, int mode) throws PosixException {
        requireName(name);
        if (SafeCalls.mkdirat(descriptor, Libc.path(name), mode) != 0) {
            throw Libc.failure("mkdir", path + "/" + name);
        }
    }

    /**
     * Moves an entry of this directory into another directory; never replaces anything.
     *
     * @throws PosixException EEXIST if the name is taken there; EXDEV if it is on another file system; EINVAL if the file
     *     system cannot rename without replacing (NFS), or a directory would move into itself
     */
    public void move(String name, OpenPath directory, String newName) throws PosixException {
        rename(name, directory, newName, SafeCalls.RENAME_NOREPLACE);
    }

    /**
     * Moves an entry of this directory into another directory, in place of what is under that name there, at once: whoever
     * opens the name finds one or the other.
     *
     * @throws PosixException EISDIR or ENOTEMPTY if a directory is there; EXDEV if it is on another file system
     */
    public void moveReplacing(String name, OpenPath directory, String newName) throws PosixException {
        rename(name, directory, newName, 0);
    }

    private void rename(String name, OpenPath directory, String newName, int flags) throws PosixException {
        requireName(name);
        requireName(newName);
        int result = SafeCalls.renameat2(descriptor, Libc.path(name), directory.descriptor, Libc.path(newName), flags);
        if (result != 0) {
            throw Libc.failure(
                    "rename '" + PathText.display(path + "/" + name) + "' to", directory.path + "/" + newName);
        }
    }

    /** Removes an entry of this directory, or an empty directory. */
    public void remove(String name, boolean directory) throws PosixException {
        requireName(name);
        if (SafeCalls.unlinkat(descriptor, Libc.path(name), directory ? SafeCalls.AT_REMOVEDIR : 0) != 0) {
            throw Libc.failure(directory ? "rmdir" : "unlink", path + "/" + name);
        }
    }

    /** The path that it was opened by. */
    public String path() {
        return path;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.close(descriptor);
        }
    }
}
