package io.weir.agent.inotify;

import io.weir.posix.Errno;
import io.weir.posix.Inotify;
import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;
import java.util.HashSet;
import java.util.Set;

/** Refuses watches beyond a number, as the kernel does; the number can be changed. */
final class LimitedKernel extends PassingKernel {
    private final Set<Integer> watches = new HashSet<>();
    private int most;

    LimitedKernel(Kernel kernel, int most) {
        super(kernel);
        this.most = most;
    }

    synchronized void most(int value) {
        most = value;
    }

    @Override
    public synchronized int add(String path, int mask) throws PosixException {
        int watch = super.add(path, mask);
        if (!watches.contains(watch) && watches.size() >= most) {
            super.remove(watch);
            throw new PosixException(Errno.ENOSPC, "inotify_add_watch", path);
        }
        watches.add(watch);
        return watch;
    }

    @Override
    public synchronized void remove(int watch) {
        watches.remove(watch);
        super.remove(watch);
    }

    /** The kernel ends the watches of what is deleted. */
    @Override
    public int read(NativeBuffer buffer) throws PosixException {
        int length = super.read(buffer);
        for (int at = 0;
                at < length;
                at += Inotify.HEADER_BYTES + buffer.bytes().getInt(at + 12)) {
            if ((buffer.bytes().getInt(at + 4) & Inotify.IN_IGNORED) != 0) {
                synchronized (this) {
                    watches.remove(buffer.bytes().getInt(at));
                }
            }
        }
        return length;
    }
}
