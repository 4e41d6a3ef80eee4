package io.weir.it.filter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Edits what lies in a stopped broker's files, as one could who has access to them: checksums fit afterwards. */
final class LogFiles {
    /** Kafka's record batch: length behind the base offset; checksum of all behind it. */
    private static final int LENGTH_AT = 8;

    private static final int HEAD = 12;
    private static final int CHECKSUM_AT = 17;
    private static final int CHECKED_FROM = 21;

    private LogFiles() {}

    /** Replaces the first occurrence of some bytes in a topic by as many others; whether there was one. */
    static boolean replaceFirst(Path kafka, String topic, byte[] from, byte[] to) {
        try (Stream<Path> files = Files.walk(kafka)) {
            List<Path> segments = files.filter(file -> file.toString().endsWith(".log")
                            && file.toString().matches(".*/" + topic + "-[0-9]+/[^/]*"))
                    .sorted()
                    .toList();
            for (Path segment : segments) {
                byte[] bytes = Files.readAllBytes(segment);
                int at = indexOf(bytes, from);
                if (at >= 0) {
                    System.arraycopy(to, 0, bytes, at, to.length);
                    check(bytes, at);
                    Files.write(segment, bytes);
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            int k = 0;
            while (k < wanted.length && bytes[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return i;
            }
        }
        return -1;
    }

    /** Puts the checksum right of the batch that a position lies in. */
    private static void check(byte[] bytes, int position) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int batch = 0;
        int end = batch + HEAD + buffer.getInt(batch + LENGTH_AT);
        while (end <= position) {
            batch = end;
            end = batch + HEAD + buffer.getInt(batch + LENGTH_AT);
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, batch + CHECKED_FROM, end - batch - CHECKED_FROM);
        buffer.putInt(batch + CHECKSUM_AT, (int) checksum.getValue());
    }
}
