package io.weir.agent.inotify;

import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;

/** Passes everything on; tests change what they need. */
class PassingKernel implements Kernel {
    private final Kernel kernel;

    PassingKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public int add(String path, int mask) throws PosixException {
        return kernel.add(path, mask);
    }

    @Override
    public void remove(int watch) {
        kernel.remove(watch);
    }

    @Override
    public void await() throws PosixException {
        kernel.await();
    }

    @Override
    public int read(NativeBuffer buffer) throws PosixException {
        return kernel.read(buffer);
    }

    @Override
    public void wake() {
        kernel.wake();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
