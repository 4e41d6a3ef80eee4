package io.weir.agent.inotify;

import io.weir.posix.Errno;
import io.weir.posix.Inotify;
import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Refuses watches beyond a number, as the kernel does; the number can be changed. */
final class LimitedKernel extends PassingKernel {
    private final Set<Integer> watches = new HashSet<>();
    private final Set<Integer> refused = new HashSet<>();
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
            refused.add(watch);
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

    /** The kernel ends the watches of what is deleted; of those that it refuses it never tells. */
    @Override
    public int read(NativeBuffer buffer) throws PosixException {
        int kept = 0;
        for (int length = super.read(buffer); length > 0 && kept == 0; length = kept > 0 ? 0 : super.read(buffer)) {
            kept = keep(buffer.bytes(), length);
        }
        return kept;
    }

    /** Leaves out the events of refused watches; the length of what is left. */
    private synchronized int keep(ByteBuffer events, int length) {
        int to = 0;
        int size;
        for (int at = 0; at < length; at += size) {
            size = Inotify.HEADER_BYTES + events.getInt(at + 12);
            int watch = events.getInt(at);
            if (!refused.contains(watch)) {
                if ((events.getInt(at + 4) & Inotify.IN_IGNORED) != 0) {
                    watches.remove(watch);
                }
                byte[] event = new byte[size];
                events.get(at, event);
                events.put(to, event);
                to += size;
            }
        }
        return to;
    }
}
