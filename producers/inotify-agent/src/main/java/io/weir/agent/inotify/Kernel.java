package io.weir.agent.inotify;

import io.weir.posix.Inotify;
import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;
import java.io.Closeable;

/** The inotify descriptor as the capture uses it; tests put limits before it. */
interface Kernel extends Closeable {
    /** Makes one. */
    @FunctionalInterface
    interface Opener {
        Kernel open() throws PosixException;
    }

    int add(String path, int mask) throws PosixException;

    void remove(int watch);

    void await() throws PosixException;

    int read(NativeBuffer buffer) throws PosixException;

    void wake();

    @Override
    void close();

    /** The real one. */
    static Kernel open() throws PosixException {
        return new Real(Inotify.open());
    }

    /** Passes everything on. */
    record Real(Inotify inotify) implements Kernel {
        @Override
        public int add(String path, int mask) throws PosixException {
            return inotify.add(path, mask);
        }

        @Override
        public void remove(int watch) {
            inotify.remove(watch);
        }

        @Override
        public void await() throws PosixException {
            inotify.await();
        }

        @Override
        public int read(NativeBuffer buffer) throws PosixException {
            return inotify.read(buffer);
        }

        @Override
        public void wake() {
            inotify.wake();
        }

        @Override
        public void close() {
            inotify.close();
        }
    }
}
