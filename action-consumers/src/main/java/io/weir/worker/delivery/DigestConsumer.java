package io.weir.worker.delivery;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Topics;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.delivery.ActionConsumer.Shared;
import io.weir.worker.ledger.LedgerException;
import io.weir.worker.run.Finished;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the requests of {@code weir.digests} and carries out one action for those of a rule within a time. The offsets of
 * what is gathered stay uncommitted until then, so that nothing of it is lost with the process; see {@link SentDigests} for
 * what was carried out beyond them. All but {@link #stop} and {@link #close} runs on its own thread.
 */
public final class DigestConsumer implements RequestConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(DigestConsumer.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK = Duration.ofSeconds(10);
    private static final Duration UNABLE = Duration.ofSeconds(1);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
    private static final Duration FINISH = Duration.ofSeconds(3);
    private static final Duration CLOSE = Duration.ofSeconds(3);
    /** Of {@link #stop}, and of {@link #close}. */
    private static final int MOST_WAKEUPS = 3;

    private final Consumer<byte[], byte[]> consumer;
    private final ConfluentAvroDeserializer<ActionRequest> deserializer =
            new ConfluentAvroDeserializer<>(ActionRequest.class);
    private final Shared shared;
    private final DigestReport report;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final Map<TopicPartition, DigestPartition> partitions = new HashMap<>();
    private long gathered;
    private volatile boolean stopping;

    /** @param instance the worker's id, the static member of the group */
    public DigestConsumer(ConsumerGroup group, String instance, Shared shared, Clock clock) {
        this.shared = shared;
        this.clock = clock;
        this.consumer = new KafkaConsumer<>(ConsumerSettings.of(shared.connection(), group, instance));
        this.deserializer.configure(shared.connection().serdeConfig(), false);
        this.report = new DigestReport(
                shared.connection(),
                group.id() + "-" + instance,
                shared.runner(),
                shared.reports(),
                shared.health(),
                deserializer);
        this.thread = new Thread(this::run, "weir-worker-" + Topics.DIGESTS);
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public boolean awaitAssigned(Duration limit) throws InterruptedException {
        return assigned.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            consumer.subscribe(List.of(Topics.DIGESTS), new Rebalances());
            while (!stopping) {
                round();
            }
        } catch (WakeupException | InterruptedException e) {
            LOG.atDebug().log("woken to stop");
        } catch (RuntimeException e) {
            if (stopping) {
                LOG.atDebug().setCause(e).log("interrupted to stop");
                return;
            }
            shared.health()
                    .failed("topic='" + Topics.DIGESTS + "' cannot be read any more: " + e.getMessage()
                            + "; mend the cause and start the worker again");
            LOG.atError().setCause(e).log("consumer of digests ended");
        } finally {
            Thread.interrupted();
            // What is gathered stays uncommitted, and is gathered again by whoever comes next.
            commitAtEnd();
            consumer.close(ConsumerSettings.leaving(CLOSE_GRACE));
            deserializer.close();
        }
    }

    private void round() throws InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            DigestPartition partition = partitions.get(new TopicPartition(record.topic(), record.partition()));
            if (partition != null) {
                partition.waiting().add(record);
            }
        }
        partitions.values().forEach(this::take);
        carryOutOne();
        throttle();
        commit();
        long count =
                partitions.values().stream().mapToLong(DigestPartition::count).sum();
        shared.health().add("gathered", count - gathered);
        gathered = count;
    }

    private void take(DigestPartition partition) {
        while (!partition.waiting().isEmpty()) {
            if (!take(partition, partition.waiting().element())) {
                return;
            }
            partition.waiting().remove();
        }
    }

    /** @return false if the record must wait, for the digest before it or for the registry */
    private boolean take(DigestPartition partition, ConsumerRecord<byte[], byte[]> record) {
        ActionRequest request;
        try {
            request = deserializer.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            if (e.getCause() instanceof RegistryException away && away.isUnavailable()) {
                shared.health().hindered("the schema registry is away: " + away.getMessage());
                return false;
            }
            return discard(partition, record, "undecodable", String.valueOf(e.getMessage()));
        }
        Optional<String> fault = request == null
                ? Optional.of("the record has no value")
                : shared.runner().unacceptable(request);
        if (request == null || fault.isPresent()) {
            return discard(partition, record, "unacceptable request", fault.orElse(""));
        }
        Duration window = shared.runner().gathering(request).orElse(Duration.ZERO);
        return partition.take(record, request, window);
    }

    /** Waits for Kafka, since the offset may be committed next; gives whether it has the dead letter. */
    private boolean discard(
            DigestPartition partition, ConsumerRecord<byte[], byte[]> record, String cause, String why) {
        CountDownLatch written = new CountDownLatch(1);
        shared.reports().discarded(record, cause, why, written::countDown);
        try {
            boolean done = false;
            while (!stopping && !done) {
                done = written.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (written.getCount() > 0) {
            return false;
        }
        partition.skip(record.offset());
        return true;
    }

    /** One a round, so that polling goes on however long each takes. */
    private void carryOutOne() throws InterruptedException {
        for (var entry : partitions.entrySet()) {
            for (Digest digest : entry.getValue().over(clock.instant())) {
                if (isComplete(entry.getKey(), entry.getValue(), digest)) {
                    carryOut(entry.getKey(), entry.getValue(), digest);
                    return;
                }
            }
        }
    }

    /** Whether all is read that was in the partition when its time was over. */
    private boolean isComplete(TopicPartition partition, DigestPartition work, Digest digest) {
        if (digest.readTo().isEmpty()) {
            digest.readTo(consumer.endOffsets(Set.of(partition), ASK).getOrDefault(partition, 0L));
        }
        long readTo = digest.readTo().orElse(0);
        return digest.isClosed() || (work.waiting().isEmpty() && consumer.position(partition) >= readTo);
    }

    private void carryOut(TopicPartition partition, DigestPartition work, Digest digest) throws InterruptedException {
        try {
            Finished finished = shared.runner().attempt(digest.first(), digest.cause(), Optional.of(digest.gathered()));
            conclude(partition, work, digest, finished);
        } catch (IOException e) {
            failed(partition, work, digest, e);
        } catch (UnableToWorkException | LedgerException | KafkaException e) {
            unable(digest, e);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("action", digest.first().getId())
                    .setCause(e)
                    .log("a digest met a fault of the worker");
            failed(partition, work, digest, new IOException("fault of the worker: " + e, e));
        }
    }

    private void failed(TopicPartition partition, DigestPartition work, Digest digest, IOException failure)
            throws InterruptedException {
        List<String> failures = digest.failures();
        failures.add("attempt " + (failures.size() + 1) + ": " + failure.getMessage());
        Optional<Duration> again = Retries.after(failures.size(), failure);
        if (again.isPresent()) {
            shared.health().add("retries", 1);
            digest.waitFor(again.get());
            return;
        }
        try {
            conclude(partition, work, digest, shared.runner().giveUp(digest.first(), String.join("; ", failures)));
        } catch (UnableToWorkException | LedgerException | KafkaException e) {
            unable(digest, e);
        }
    }

    private void unable(Digest digest, RuntimeException e) {
        shared.health().hindered(String.valueOf(e.getMessage()));
        digest.waitFor(UNABLE);
    }

    private void conclude(TopicPartition partition, DigestPartition work, Digest digest, Finished finished)
            throws InterruptedException {
        report.write(partition, digest, finished.result());
        shared.ledger().reported(List.of(digest.first().getId()));
        work.done(digest);
        shared.health().add("digests", 1);
    }

    private void throttle() {
        partitions.forEach((partition, work) -> {
            if (work.waiting().isEmpty()) {
                consumer.resume(Set.of(partition));
            } else {
                consumer.pause(Set.of(partition));
            }
        });
    }

    private void commit() {
        commit(ASK);
    }

    private void commit(Duration limit) {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        partitions.forEach((partition, work) -> work.committable().ifPresent(commit -> commits.put(partition, commit)));
        if (commits.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(commits, limit);
            commits.forEach((partition, commit) -> {
                DigestPartition work = partitions.get(partition);
                if (work != null) {
                    work.committed(commit);
                }
            });
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            shared.health().hindered("offsets of '" + Topics.DIGESTS + "' cannot be committed: " + e.getMessage());
        }
    }

    /** What was carried out and not committed would be carried out again by another. */
    private void commitAtEnd() {
        for (int wakeups = 0; wakeups < MOST_WAKEUPS; wakeups++) {
            try {
                commit(CLOSE_GRACE);
                return;
            } catch (WakeupException e) {
                LOG.atDebug().log("the stop had not woken anything yet");
            }
        }
    }

    @Override
    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    @Override
    public void close() {
        stop();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            deserializer.close();
            return;
        }
        try {
            // What is just being carried out is brought to its end, or somebody else would do it again.
            thread.join(FINISH.toMillis());
            thread.interrupt();
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(added), ASK);
            added.forEach(partition -> partitions.put(partition, new DigestPartition(committed.get(partition))));
            assigned.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            commit(); // The last one may have failed, since the group was changing.
            partitions.keySet().removeAll(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            partitions.keySet().removeAll(lost);
        }
    }
}
