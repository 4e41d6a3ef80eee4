package io.weir.qumulo.emulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A streamed answer: chunks, and the ways to end it. One thread writes; any may close or reset. */
public final class StreamOutput {
    private final HttpConnection connection;
    private final OutputStream out;

    StreamOutput(HttpConnection connection, OutputStream out) {
        this.connection = connection;
        this.out = out;
    }

    /**
     * Sends bytes before it returns.
     *
     * @param pieceBytes each so many are a chunk, and a write to the socket, of their own; 0: all are one
     */
    public void write(byte[] bytes, int length, int pieceBytes) throws IOException {
        int most = pieceBytes <= 0 ? length : pieceBytes;
        for (int from = 0; from < length; from += most) {
            int count = Math.min(most, length - from);
            out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, from, count);
            out.write('\r');
            out.write('\n');
            out.flush();
        }
    }

    /** The last chunk, and the connection closes. */
    public void finish() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        close();
    }

    /** Closes the connection by FIN, with or without a last chunk. */
    public void close() {
        connection.close();
    }

    /** Closes the connection by RST. */
    public void reset() {
        connection.reset();
    }

    /** Runs something, in a thread of its own, when the other side closes the connection. */
    public void whenPeerCloses(Runnable action) {
        connection.whenPeerCloses(action);
    }
}
