package io.weir.qumulo.client.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to be sent, that can be read again from their beginning when a call is repeated. */
public interface Content {
    /** In bytes, exactly. */
    long length();

    /** From the beginning; whoever opens it closes it. */
    InputStream open() throws IOException;

    /** Of memory; the array must not change. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    /**
     * Of a file, as long as it is now.
     *
     * @throws IOException if its size cannot be read
     */
    static Content of(Path file) throws IOException {
        long length = Files.size(file);
        return new Content() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
