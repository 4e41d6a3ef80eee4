package io.weir.worker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Errand;
import io.weir.schemas.topic.Topics;
import io.weir.worker.action.Purge;
import io.weir.worker.action.Undo;
import io.weir.worker.action.UndoneEffects;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files purged whose time in quarantine is over: follows {@code weir.quarantine}, and asks for what is due. Of the workers
 * that serve a volume one does, the one that has the first partition of its action topic; should two do it in a moment of
 * change, what the second asks for finds nothing to do.
 */
public final class QuarantineKeeper implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineKeeper.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.QUARANTINE, 0);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** The rest follows the next time. */
    private static final int MOST_AT_A_TIME = 1_000;

    private final Errand.Sender sender;
    private final Predicate<String> minds;
    private final Publisher publisher;
    private final WorkerHealth health;
    private final Clock clock;
    private final Consumer<byte[], byte[]> consumer;
    private final ConfluentAvroDeserializer<ActionResult> values = new ConfluentAvroDeserializer<>(ActionResult.class);
    private final ScheduledExecutorService timer;
    private final KeptUntil kept = new KeptUntil();

    /**
     * Makes one.
     *
     * @param minds whether this worker is the one that minds a volume
     */
    public QuarantineKeeper(
            KafkaConnection connection,
            String worker,
            String host,
            Predicate<String> minds,
            Publisher publisher,
            WorkerHealth health,
            Clock clock) {
        this.sender = new Errand.Sender("weir-worker-" + worker, host, null);
        this.minds = minds;
        this.publisher = publisher;
        this.health = health;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-quarantine");
            thread.setDaemon(true);
            return thread;
        });
        values.configure(connection.serdeConfig(), false);
        Map<String, Object> config = connection.consumerConfig("weir-quarantine-" + worker);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer = new KafkaConsumer<>(config);
        consumer.assign(List.of(PARTITION));
        consumer.seekToBeginning(List.of(PARTITION));
    }

    public void start() {
        var unused =
                timer.scheduleWithFixedDelay(this::round, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            follow();
            for (long offset : kept.takeDue(clock.instant(), minds, MOST_AT_A_TIME)) {
                ask(offset);
            }
        } catch (WakeupException e) {
            LOG.debug("woken to stop");
        } catch (KafkaException e) {
            health.hindered("topic='" + Topics.QUARANTINE + "' cannot be read: " + e.getMessage()
                    + "; what is to be purged waits");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the keeper of the quarantine met a fault of its own");
        }
    }

    private void follow() {
        long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
        while (consumer.position(PARTITION) < end && !timer.isShutdown()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                String id = new String(record.key(), UTF_8);
                result(record).ifPresentOrElse(result -> kept.put(id, record.offset(), result), () -> kept.remove(id));
            }
        }
    }

    /** Empty if there is none any more, or if it cannot be decoded. */
    private Optional<ActionResult> result(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(record.value()).map(value -> values.deserialize(record.topic(), value));
        } catch (SerializationException e) {
            if (e.getCause() instanceof RegistryException away && away.isUnavailable()) {
                consumer.seek(PARTITION, record.offset()); // What it says is asked for again.
                throw e;
            }
            LOG.atWarn().addKeyValue("offset", record.offset()).setCause(e).log("an entry cannot be read");
            return Optional.empty();
        }
    }

    /** Reads again what is due, and asks for its purge. */
    private void ask(long offset) {
        long next = consumer.position(PARTITION);
        consumer.seek(PARTITION, offset);
        try {
            while (consumer.position(PARTITION) <= offset && !timer.isShutdown()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() == offset) {
                        result(record).ifPresent(result -> ask(record, result));
                    }
                }
            }
        } finally {
            consumer.seek(PARTITION, next);
        }
    }

    private void ask(ConsumerRecord<byte[], byte[]> record, ActionResult result) {
        String id = result.getActionId();
        Map<String, Object> parameters = Map.of(Undo.EFFECTS, UndoneEffects.of(result));
        var errand = new Errand(id, Purge.NAME, parameters, result.getVolume(), result.getPath());
        Causation cause = Causation.read(record.headers()).orElseGet(() -> new Causation(id, id, 1));
        publisher.request(errand.request(sender, "expired", clock.instant(), false), errand.key(), cause);
        health.add("purges_asked_for", 1);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        consumer.wakeup();
        try {
            if (timer.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                consumer.close(CloseOptions.timeout(Duration.ZERO));
                values.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
