package io.weir.agent.inotify;

import io.weir.posix.Inotify;
import io.weir.posix.PathText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What one read brought, and how far it has been handled. */
final class Chunk {
    private static final int MASK_OFFSET = 4;

    final long sequence;
    private final byte[] bytes;
    private final ByteBuffer view;
    private final long readAt;
    private int position;

    Chunk(long sequence, byte[] bytes, long readAt) {
        this.sequence = sequence;
        this.bytes = bytes;
        this.readAt = readAt;
        view = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    int length() {
        return bytes.length;
    }

    /** Where the next event begins; {@link #length} at the end. */
    int position() {
        return position;
    }

    void moveTo(int offset) {
        position = offset;
    }

    int next(int offset) {
        return offset + Inotify.HEADER_BYTES + view.getInt(offset + 12);
    }

    int watch(int offset) {
        return view.getInt(offset);
    }

    int mask(int offset) {
        return view.getInt(offset + MASK_OFFSET);
    }

    int cookie(int offset) {
        return view.getInt(offset + 8);
    }

    RawEvent event(int offset) {
        return new RawEvent(watch(offset), mask(offset), cookie(offset), name(offset), readAt, sequence);
    }

    /** So that it is not handled again. */
    void consume(int offset) {
        view.putInt(offset + MASK_OFFSET, 0);
    }

    private String name(int offset) {
        int start = offset + Inotify.HEADER_BYTES;
        int end = start;
        int limit = next(offset);
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        return end == start ? "" : PathText.decode(bytes, start, end - start);
    }
}
