package io.weir.agent.inotify;

import io.weir.posix.NativeBuffer;
import io.weir.posix.PosixException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells nothing of what is done while it is deaf, as of what other hosts do. */
final class DeafKernel extends PassingKernel {
    private final Path watched;
    private boolean deaf;
    private String awaited = "";
    private int count;

    /** @param watched a directory that has a watch */
    DeafKernel(Kernel kernel, Path watched) {
        super(kernel);
        this.watched = watched;
    }

    /** Something that users do. */
    interface Doing {
        void run() throws Exception;
    }

    /** Does something that no event tells. */
    synchronized void elsewhere(Doing doing) throws Exception {
        deaf = true;
        doing.run();
        awaited = "last-unheard" + count++;
        Path last = watched.resolve(awaited);
        try {
            Files.createFile(last);
            Files.delete(last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (deaf) {
            wait();
        }
    }

    @Override
    public int read(NativeBuffer buffer) throws PosixException {
        synchronized (this) {
            int length = super.read(buffer);
            if (!deaf) {
                return length;
            }
            byte[] bytes = new byte[length];
            buffer.bytes().get(0, bytes);
            // created and deleted
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!awaited.isEmpty() && text.indexOf(awaited) != text.lastIndexOf(awaited)) {
                deaf = false;
                awaited = "";
                notifyAll();
            }
            return 0;
        }
    }
}
