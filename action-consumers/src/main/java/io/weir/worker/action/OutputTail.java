package io.weir.worker.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/**
 * Drains a program's output and keeps its last part. Its thread lives until the pipe is closed by all that hold it, so that
 * something the program left behind never blocks on a full pipe.
 */
final class OutputTail {
    static final int KEPT_BYTES = 4096;
    /** How long to wait for the end of the output after the program's own end: what it left behind may hold the pipe. */
    private static final long LINGER_MILLIS = 200;

    private final Process process;
    private final long most;
    private final Thread reader;
    private final byte[] kept = new byte[KEPT_BYTES];
    private long total;

    private OutputTail(Process process, long most) {
        this.process = process;
        this.most = most;
        this.reader = new Thread(this::drain, "weir-exec-output-" + process.pid());
        reader.setDaemon(true);
    }

    /** @param most bytes that the program may write; it is killed if it writes more */
    static OutputTail of(Process process, long most) {
        OutputTail tail = new OutputTail(process, most);
        tail.reader.start();
        return tail;
    }

    private void drain() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
                if (exceeded()) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            // The pipe broke: what was read so far is the output.
            return;
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        for (int i = Math.max(0, length - KEPT_BYTES); i < length; i++) {
            kept[(int) ((total + i) % KEPT_BYTES)] = buffer[i];
        }
        total += length;
    }

    /** Whether the program wrote more than it may. */
    synchronized boolean exceeded() {
        return total > most;
    }

    /** The end of the output as {@code ; output: …}; nothing if there was none. */
    String text() throws InterruptedException {
        reader.join(LINGER_MILLIS);
        return render();
    }

    private synchronized String render() {
        if (total == 0) {
            return "";
        }
        int length = (int) Math.min(total, KEPT_BYTES);
        byte[] last = new byte[length];
        for (int i = 0; i < length; i++) {
            last[i] = kept[(int) ((total - length + i) % KEPT_BYTES)];
        }
        String cut = total > KEPT_BYTES ? "last " + KEPT_BYTES + " of " + total + " bytes of " : "";
        return "; " + cut + "output: " + new String(last, UTF_8).strip();
    }
}
