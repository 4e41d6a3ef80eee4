package io.weir.worker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Errand;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import io.weir.worker.action.Purge;
import io.weir.worker.action.Undo;
import io.weir.worker.action.UndoneEffects;
import java.io.Closeable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has files purged whose time in quarantine is over: now and then reads {@code weir.quarantine}, and asks for what is due.
 * Of the workers that serve a volume one does, the one that has the first partition of its action topic; should two do it
 * in a moment of change, what the second asks for finds nothing to do.
 */
public final class QuarantineKeeper implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(QuarantineKeeper.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.QUARANTINE, 0);
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration NOT_AFTER = Duration.ofHours(1);
    /** The rest follows the next time. */
    private static final int MOST_AT_A_TIME = 1_000;

    private final KafkaConnection connection;
    private final String worker;
    private final String host;
    private final Predicate<String> minds;
    private final Publisher publisher;
    private final WorkerHealth health;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    private record Due(ActionResult result, Causation cause) {}

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
        this.connection = connection;
        this.worker = worker;
        this.host = host;
        this.minds = minds;
        this.publisher = publisher;
        this.health = health;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-quarantine");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        var unused =
                timer.scheduleWithFixedDelay(this::round, FIRST.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            due().values().stream().limit(MOST_AT_A_TIME).forEach(this::ask);
        } catch (KafkaException e) {
            health.hindered("topic='" + Topics.QUARANTINE + "' cannot be read: " + e.getMessage()
                    + "; what is to be purged waits");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the keeper of the quarantine met a fault of its own");
        }
    }

    private Map<String, Due> due() {
        Map<String, Object> config = connection.consumerConfig("weir-quarantine-" + worker);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        Map<String, Due> due = new LinkedHashMap<>();
        try (var consumer = new KafkaConsumer<byte[], byte[]>(config);
                var values = new ConfluentAvroDeserializer<>(ActionResult.class)) {
            values.configure(connection.serdeConfig(), false);
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end && !timer.isShutdown()) {
                consumer.poll(POLL).forEach(record -> take(record, values, due));
            }
        }
        return due;
    }

    private void take(
            ConsumerRecord<byte[], byte[]> record,
            ConfluentAvroDeserializer<ActionResult> values,
            Map<String, Due> due) {
        String id = new String(record.key(), UTF_8);
        due.remove(id);
        try {
            ActionResult result = record.value() == null ? null : values.deserialize(record.topic(), record.value());
            if (result != null && isDue(result) && minds.test(result.getVolume())) {
                due.put(
                        id,
                        new Due(result, Causation.read(record.headers()).orElseGet(() -> new Causation(id, id, 1))));
            }
        } catch (SerializationException e) {
            LOG.atWarn().addKeyValue("offset", record.offset()).setCause(e).log("an entry cannot be read");
        }
    }

    private boolean isDue(ActionResult result) {
        return result.getEffects().stream()
                .flatMap(effect -> Optional.ofNullable(effect.getBefore().get("until")).stream())
                .anyMatch(this::isPast);
    }

    private boolean isPast(String until) {
        try {
            return clock.instant().isAfter(Instant.parse(until));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private void ask(Due due) {
        ActionResult result = due.result();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        FileEvent event = FileEvent.newBuilder()
                .setType(Purge.NAME)
                .setVolume(result.getVolume())
                .setPath(result.getPath())
                .setAgent("weir-worker-" + worker)
                .setEpoch(0)
                .setSequence(0)
                .setObservedAt(now)
                .setHost(host)
                .build();
        ActionRequest request = ActionRequest.newBuilder()
                .setId(Errand.id(result.getActionId(), "expired"))
                .setRule(Purge.NAME)
                .setRulesOffset(-1)
                .setPosition(0)
                .setAction(Purge.NAME)
                .setParameters(Map.of(Undo.EFFECTS, UndoneEffects.of(result)))
                .setEvent(event)
                .setEventPartition(-1)
                .setEventOffset(-1)
                .setNotAfter(now.plus(NOT_AFTER))
                .build();
        publisher.request(request, Keys.fileEvent(result.getVolume(), result.getPath()), due.cause());
        health.add("purges_asked_for", 1);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
