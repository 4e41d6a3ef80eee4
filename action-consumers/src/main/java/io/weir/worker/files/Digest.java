package io.weir.worker.files;

import io.weir.posix.OpenPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a file's content is known by.
 *
 * @param size bytes
 * @param sha256 in hexadecimal
 */
record Digest(long size, String sha256) {
    private static final int BUFFER_BYTES = 128 << 10;

    /** Reads the whole file. */
    static Digest of(OpenPath file) throws IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long size = 0;
        try (FileChannel channel = FileChannel.open(file.descriptorPath())) {
            while (channel.read(buffer) >= 0) {
                size += buffer.flip().remaining();
                digest.update(buffer);
                buffer.clear();
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("reading");
        }
        return new Digest(size, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return size + " bytes, SHA-256 " + sha256;
    }
}
