package io.weir.worker.delivery;

import io.weir.schemas.ActionRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/** What is gathered of one partition. For one thread. */
final class DigestPartition {
    private final Map<DigestKey, Digest> open = new LinkedHashMap<>();
    private final SentDigests sent;
    /** Read, and not taken yet. */
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    /** The offset after the last one taken. */
    private long taken = -1;

    private @Nullable OffsetAndMetadata committed;

    /** @param committed what the group has committed */
    DigestPartition(@Nullable OffsetAndMetadata committed) {
        this.committed = committed;
        this.sent = SentDigests.parse(committed == null ? null : committed.metadata());
    }

    Deque<ConsumerRecord<byte[], byte[]>> waiting() {
        return waiting;
    }

    /**
     * Takes a request in.
     *
     * @return false if its turn has not come: the digest before it has to be carried out first
     */
    boolean take(ConsumerRecord<byte[], byte[]> record, ActionRequest request, Duration window) {
        DigestKey key = DigestKey.of(request);
        if (!sent.contains(key, record.offset())) {
            Digest digest = open.get(key);
            if (digest == null) {
                open.put(key, new Digest(key, record, request, window));
            } else if (digest.takes(record)) {
                digest.add(record, request);
            } else {
                digest.close();
                return false;
            }
        }
        skip(record.offset());
        return true;
    }

    /** An offset is done with otherwise. */
    void skip(long offset) {
        taken = offset + 1;
    }

    /** Those whose time is over and that do not wait for another attempt. */
    List<Digest> over(Instant now) {
        List<Digest> over = new ArrayList<>();
        for (Digest digest : open.values()) {
            if (digest.isOver(now) && !digest.waits()) {
                over.add(digest);
            }
        }
        return over;
    }

    /** A digest is carried out, and so told for each of its requests. */
    void done(Digest digest) {
        open.remove(digest.key());
        sent.add(digest.key(), digest.end());
    }

    /** How many requests are gathered. */
    long count() {
        return open.values().stream().mapToLong(Digest::count).sum();
    }

    /** What to commit; empty if nothing has changed. */
    Optional<OffsetAndMetadata> committable() {
        long offset =
                open.values().stream().mapToLong(Digest::firstOffset).min().orElse(taken);
        if (offset < 0) {
            return Optional.empty();
        }
        OffsetAndMetadata commit = new OffsetAndMetadata(offset, sent.metadata(offset));
        return commit.equals(committed) ? Optional.empty() : Optional.of(commit);
    }

    void committed(OffsetAndMetadata commit) {
        committed = commit;
    }
}
