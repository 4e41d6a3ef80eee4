package io.weir.cli.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.EventId;
import java.util.Arrays;

/**
 * An event's id as it lies in a record, to pass over records without decoding them. Avro writes a text as its UTF-8 and a
 * number as a variable-length zigzag, wherever the schema has the fields; so bytes that lack either are not that event.
 */
final class EventIdBytes {
    private final EventId id;
    private final byte[] agent;
    private final byte[] sequence;

    EventIdBytes(EventId id) {
        this.id = id;
        this.agent = id.agent().getBytes(UTF_8);
        this.sequence = zigzag(id.sequence());
    }

    /** Whether a record could have it; never false for one that does. */
    boolean mayBeIn(byte[] value) {
        return RecordBytes.isIn(value, agent) && RecordBytes.isIn(value, sequence);
    }

    boolean isOf(FileEvent event) {
        return event.getSequence() == id.sequence() && EventId.of(event).equals(id);
    }

    private static byte[] zigzag(long number) {
        byte[] bytes = new byte[10];
        int length = 0;
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return Arrays.copyOf(bytes, length);
    }
}
