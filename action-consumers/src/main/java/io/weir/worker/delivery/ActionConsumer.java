package io.weir.worker.delivery;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.ledger.LedgerException;
import io.weir.worker.run.ActionRunner;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the requests of one topic. All but {@link #close} and the ends of tasks runs on its own thread. */
public final class ActionConsumer implements RequestConsumer {
    /** Requests handed out and not done; more wait in Kafka. */
    static final int MOST_IN_FLIGHT = 512;
    /** Of those that an all-stop holds back, which do not count as in flight, so that others go on. */
    static final int MOST_HELD = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(ActionConsumer.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    private static final Duration BUSY_POLL = Duration.ofMillis(5);
    private static final long COMMIT_NANOS = Duration.ofMillis(50).toNanos();
    private static final Duration REVOKE_GRACE = Duration.ofSeconds(30);
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(3);
    private static final Duration CLOSE = Duration.ofSeconds(8);
    private static final int MOST_WAKEUPS = 3;

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final ConfluentAvroDeserializer<ActionRequest> deserializer =
            new ConfluentAvroDeserializer<>(ActionRequest.class);
    private final ActionRunner runner;
    private final Reports reports;
    private final Ledger ledger;
    private final Lanes lanes;
    private final WorkerHealth health;
    private final Thread thread;
    private final CountDownLatch assigned = new CountDownLatch(1);

    private final Map<TopicPartition, PartitionWork> partitions = new HashMap<>();
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final Queue<String> reported = new ConcurrentLinkedQueue<>();
    private long lastCommit;
    private volatile Set<Integer> owned = Set.of();
    private volatile boolean stopping;

    /** What the consumers of one worker share. */
    public record Shared(
            KafkaConnection connection, ActionRunner runner, Reports reports, Ledger ledger, WorkerHealth health) {}

    /**
     * Makes one.
     *
     * @param instance the worker's id, the static member of the group
     * @param lanes to work off the requests in; those of several topics may share them
     */
    public ActionConsumer(String topic, ConsumerGroup group, String instance, Shared shared, Lanes lanes) {
        this.topic = topic;
        this.runner = shared.runner();
        this.reports = shared.reports();
        this.ledger = shared.ledger();
        this.lanes = lanes;
        this.health = shared.health();
        this.consumer = new KafkaConsumer<>(ConsumerSettings.of(shared.connection(), group, instance));
        this.deserializer.configure(shared.connection().serdeConfig(), false);
        this.thread = new Thread(this::run, "weir-worker-" + topic);
    }

    /** The topic that it takes requests of. */
    public String topic() {
        return topic;
    }

    /** Whether the group has given it the first partition: true for one of the workers that take the topic's requests. */
    public boolean ownsFirst() {
        return owned.contains(0);
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
            consumer.subscribe(List.of(topic), new Rebalances());
            while (!stopping) {
                consumer.poll(waiting.isEmpty() ? IDLE_POLL : BUSY_POLL).forEach(waiting::add);
                handOut();
                throttle();
                commit(false);
            }
        } catch (WakeupException e) {
            LOG.atDebug().addKeyValue("topic", topic).log("woken to stop");
        } catch (RuntimeException e) {
            health.failed("topic='" + topic + "' cannot be read any more: " + e.getMessage()
                    + "; mend the cause and start the worker again");
            LOG.atError().addKeyValue("topic", topic).setCause(e).log("consumer ended");
        } finally {
            finish();
        }
    }

    private void finish() {
        try {
            commitLast(giveUp(List.copyOf(partitions.keySet()), CLOSE_GRACE));
        } catch (KafkaException e) {
            LOG.atWarn().addKeyValue("topic", topic).setCause(e).log("offsets not committed; requests come again");
        } finally {
            consumer.close(ConsumerSettings.leaving(CLOSE_GRACE));
            deserializer.close();
        }
    }

    private void handOut() {
        while (!waiting.isEmpty() && inFlight.get() < MOST_IN_FLIGHT + Math.min(MOST_HELD, held.get())) {
            if (!handOut(waiting.element())) {
                return;
            }
            waiting.remove();
        }
    }

    /** @return false if the record must wait, since the registry is away */
    private boolean handOut(ConsumerRecord<byte[], byte[]> record) {
        PartitionWork partition = partitions.get(new TopicPartition(record.topic(), record.partition()));
        if (partition == null) {
            return true;
        }
        ActionRequest request;
        try {
            request = deserializer.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            if (e.getCause() instanceof RegistryException away && away.isUnavailable()) {
                health.hindered("the schema registry is away: " + away.getMessage());
                return false;
            }
            discard(record, partition, "undecodable", String.valueOf(e.getMessage()));
            return true;
        }
        Optional<String> fault =
                request == null ? Optional.of("the record has no value") : runner.unacceptable(request);
        if (request == null || fault.isPresent()) {
            discard(record, partition, "unacceptable request", fault.orElse(""));
            return true;
        }
        start(record, partition);
        lanes.add(
                RequestTask.laneOf(request.getEvent()),
                new RequestTask(runner, reports, health, partition, record, request, new Ends()));
        return true;
    }

    private void start(ConsumerRecord<byte[], byte[]> record, PartitionWork partition) {
        partition.started(record.offset());
        inFlight.incrementAndGet();
        health.add("in_flight", 1);
    }

    private void discard(ConsumerRecord<byte[], byte[]> record, PartitionWork partition, String cause, String detail) {
        start(record, partition);
        reports.discarded(record, cause, detail, () -> end(partition, record.offset()));
    }

    private void end(PartitionWork partition, long offset) {
        partition.done(offset);
        inFlight.decrementAndGet();
        health.add("in_flight", -1);
    }

    /** While records wait here, none are fetched; polling goes on, so that the group sees us alive. */
    private void throttle() {
        if (waiting.isEmpty()) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
    }

    private void commit(boolean now) {
        if (!now && System.nanoTime() - lastCommit < COMMIT_NANOS) {
            return;
        }
        lastCommit = System.nanoTime();
        noteReported();
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions.keySet());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (committed, failure) -> {
                if (failure == null) {
                    settle(committed);
                }
            });
        }
    }

    private void noteReported() {
        List<String> ids = new ArrayList<>();
        for (String id = reported.poll(); id != null; id = reported.poll()) {
            ids.add(id);
        }
        try {
            ledger.reported(ids);
        } catch (LedgerException e) {
            reported.addAll(ids);
            health.hindered(String.valueOf(e.getMessage()));
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committable(Collection<TopicPartition> of) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : of) {
            PartitionWork work = partitions.get(partition);
            if (work != null) {
                work.committable().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return offsets;
    }

    private void settle(Map<TopicPartition, OffsetAndMetadata> committed) {
        committed.forEach((partition, offset) -> {
            PartitionWork work = partitions.get(partition);
            if (work != null) {
                work.committed(offset.offset());
            }
        });
    }

    /** Stops and joins what is in flight on these partitions; gives what is to be committed. */
    private Map<TopicPartition, OffsetAndMetadata> giveUp(Collection<TopicPartition> lost, Duration grace) {
        waiting.removeIf(record -> lost.contains(new TopicPartition(record.topic(), record.partition())));
        List<PartitionWork> works = partitions.entrySet().stream()
                .filter(entry -> lost.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        works.forEach(PartitionWork::revoke);
        for (PartitionWork work : works) {
            if (!work.join(grace, AFTER_INTERRUPT)) {
                LOG.atWarn().addKeyValue("topic", topic).log("an action goes on after its partition was taken away");
            }
        }
        reports.flush();
        noteReported();
        Map<TopicPartition, OffsetAndMetadata> offsets = committable(lost);
        partitions.keySet().removeAll(lost);
        return offsets;
    }

    /** What was carried out and not committed would be carried out again by another; a stop may wake this as well. */
    private void commitAtEnd(Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (int wakeups = 0; !offsets.isEmpty() && wakeups < MOST_WAKEUPS; wakeups++) {
            try {
                consumer.commitSync(offsets, CLOSE_GRACE);
                return;
            } catch (WakeupException e) {
                LOG.atDebug().addKeyValue("topic", topic).log("the stop had not woken anything yet");
            }
        }
    }

    /** Where others come or go at that moment, nothing can be committed before this one has joined them once more. */
    private void commitLast(Map<TopicPartition, OffsetAndMetadata> offsets) {
        long until = System.nanoTime() + CLOSE_GRACE.toNanos();
        while (true) {
            try {
                commitAtEnd(offsets);
                return;
            } catch (RebalanceInProgressException e) {
                if (System.nanoTime() - until > 0) {
                    throw e;
                }
                join();
            }
        }
    }

    /** What it is given meanwhile goes to the others when it leaves. */
    private void join() {
        try {
            consumer.poll(IDLE_POLL);
        } catch (WakeupException e) {
            LOG.atDebug().addKeyValue("topic", topic).log("the stop had not woken anything yet");
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
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The ends of tasks, on whatever thread they come. */
    private final class Ends implements RequestTask.Over {
        @Override
        public void reported(RequestTask task) {
            reported.add(task.actionId());
            end(task.partition(), task.offset());
        }

        @Override
        public void abandoned(RequestTask task) {
            inFlight.decrementAndGet();
            health.add("in_flight", -1);
        }

        @Override
        public void held(RequestTask task) {
            held.incrementAndGet();
            health.add("held", 1);
        }

        @Override
        public void resumed(RequestTask task) {
            held.decrementAndGet();
            health.add("held", -1);
        }
    }

    private void own() {
        owned = partitions.keySet().stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            added.forEach(partition -> partitions.put(partition, new PartitionWork()));
            own();
            assigned.countDown();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            commitAtEnd(giveUp(revoked, REVOKE_GRACE));
            own();
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            var unused = giveUp(lost, REVOKE_GRACE);
            own();
        }
    }
}
