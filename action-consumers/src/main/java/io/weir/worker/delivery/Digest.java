package io.weir.worker.delivery;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.topic.Causation;
import io.weir.worker.Gathered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Requests of one key within one time. Of the requests it keeps the first, the count and the first paths; the others are read
 * again when it is carried out.
 */
final class Digest {
    static final int KEPT_PATHS = 20;

    private final DigestKey key;
    private final ActionRequest first;
    private final Causation cause;
    private final long firstOffset;
    private final Instant from;
    private final Duration window;
    private final List<String> paths = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long count;
    private long end;
    private boolean closed;
    private OptionalLong readTo = OptionalLong.empty();
    private long waitsSince = System.nanoTime();
    private Duration wait = Duration.ZERO;

    /** It begins with the log time of its first request. */
    Digest(DigestKey key, ConsumerRecord<byte[], byte[]> record, ActionRequest request, Duration window) {
        this.key = key;
        this.first = request;
        this.cause = RequestTask.cause(record, request);
        this.firstOffset = record.offset();
        this.from = Instant.ofEpochMilli(record.timestamp());
        this.window = window;
        add(record, request);
    }

    /** Whether a request comes before its time is over. */
    boolean takes(ConsumerRecord<byte[], byte[]> record) {
        return !closed && Instant.ofEpochMilli(record.timestamp()).isBefore(from.plus(window));
    }

    void add(ConsumerRecord<byte[], byte[]> record, ActionRequest request) {
        count++;
        end = record.offset() + 1;
        if (paths.size() < KEPT_PATHS) {
            paths.add(request.getEvent().getPath());
        }
    }

    /** No request is added any more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOver(Instant now) {
        return closed || !now.isBefore(from.plus(window));
    }

    /** Up to which offset the partition must be read before the digest is complete; empty if that was not asked yet. */
    OptionalLong readTo() {
        return readTo;
    }

    void readTo(long offset) {
        readTo = OptionalLong.of(offset);
    }

    /** Not by the wall's clock, which may be set back. */
    boolean waits() {
        return System.nanoTime() - waitsSince < wait.toNanos();
    }

    void waitFor(Duration time) {
        waitsSince = System.nanoTime();
        wait = time;
    }

    /** Why attempts failed so far. */
    List<String> failures() {
        return failures;
    }

    DigestKey key() {
        return key;
    }

    ActionRequest first() {
        return first;
    }

    Causation cause() {
        return cause;
    }

    long firstOffset() {
        return firstOffset;
    }

    /** The offset after its last request. */
    long end() {
        return end;
    }

    long count() {
        return count;
    }

    Gathered gathered() {
        return new Gathered(count, paths, from, window);
    }
}
