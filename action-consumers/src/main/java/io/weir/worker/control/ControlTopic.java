package io.weir.worker.control;

import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
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
 * Follows {@code weir.control} from its beginning. A stop comes in as soon as it is written. Several times a second it also
 * asks the broker where the topic ends; what it knows counts only for {@link #FRESH} after the last time that it had read
 * as far. So a stop holds for every worker within that time, also for one that has lost the broker: that one stops by
 * itself.
 */
public final class ControlTopic implements Control, Closeable {
    /** For how long a worker goes on by what it last knew. */
    static final Duration FRESH = Duration.ofMillis(800);

    private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.CONTROL, 0);
    private static final Duration ASK = Duration.ofMillis(1_500);
    private static final Duration LISTEN = Duration.ofMillis(150);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(2);
    /** The broker answers one request of a connection after another, so a fetch must not keep a question waiting. */
    private static final int FETCH_WAIT_MILLIS = 100;

    private final KafkaConnection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ConfluentAvroDeserializer<ControlState> deserializer =
            new ConfluentAvroDeserializer<>(ControlState.class);
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch known = new CountDownLatch(1);

    private volatile StopsInForce stops = StopsInForce.NONE;
    private volatile long readUpTo = System.nanoTime() - FRESH.toNanos();
    private volatile boolean closing;
    private long told = -1;

    /** Is told what changes. */
    public interface Listener {
        /**
         * Records have been read; told at the start, too.
         *
         * @param offset the next
         * @param stops what holds, for people; empty if nothing does
         */
        void changed(long offset, Optional<String> stops);

        /** The topic cannot be read, or has something that cannot be understood. */
        void hindered(String text);
    }

    /** @param worker the worker's id */
    public ControlTopic(KafkaConnection connection, String worker, Listener listener) {
        this.connection = connection;
        this.listener = listener;
        Map<String, Object> config = connection.consumerConfig("weir-control-" + worker);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted"); // No transaction keeps a stop back.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        this.consumer = new KafkaConsumer<>(config);
        this.deserializer.configure(connection.serdeConfig(), false);
        this.thread = new Thread(this::run, "weir-worker-control");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Waits until the topic was read once. */
    public boolean awaitKnown(Duration limit) throws InterruptedException {
        return known.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<String> holding(String volume, String rule) {
        long age = System.nanoTime() - readUpTo;
        if (age > FRESH.toNanos()) {
            return Optional.of("topic='" + Topics.CONTROL + "' was not read for "
                    + TimeUnit.NANOSECONDS.toMillis(age) + " ms, so an all-stop would not be seen; nothing is changed"
                    + " until it can be read: see to the brokers");
        }
        return stops.holding(volume, rule);
    }

    private void run() {
        try {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            while (!closing) {
                round();
            }
        } catch (WakeupException e) {
            LOG.debug("woken to stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
            deserializer.close();
        }
    }

    private void round() throws InterruptedException {
        long asked = System.nanoTime();
        try {
            long end = consumer.endOffsets(List.of(PARTITION), ASK).getOrDefault(PARTITION, 0L);
            if (consumer.position(PARTITION, ASK) >= end) {
                readUpTo = asked;
                known.countDown();
            }
            take();
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            listener.hindered("topic='" + Topics.CONTROL + "' cannot be read: " + e.getMessage()
                    + "; nothing is changed until it can");
            Thread.sleep(AFTER_FAILURE.toMillis());
        }
    }

    private void take() {
        StopsInForce before = stops;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LISTEN)) {
            try {
                apply(record);
            } catch (SerializationException e) {
                if (e.getCause() instanceof RegistryException away && away.isUnavailable()) {
                    consumer.seek(
                            PARTITION, record.offset()); // What it says is not known yet, so nothing is up to date.
                    throw e;
                }
                passedOver(record, e);
            } catch (IllegalArgumentException e) {
                passedOver(record, e);
            }
        }
        if (!stops.equals(before)) {
            LOG.atWarn()
                    .addKeyValue("stops", stops.describe().orElse("none"))
                    .log("the all-stops in force have changed");
        }
        long offset = consumer.position(PARTITION);
        if (offset != told) {
            told = offset;
            listener.changed(offset, stops.describe());
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        ControlState state = record.value() == null ? null : deserializer.deserialize(record.topic(), record.value());
        if (state != null) {
            stops = stops.with(state);
        }
    }

    private void passedOver(ConsumerRecord<byte[], byte[]> record, RuntimeException fault) {
        listener.hindered(
                "topic='" + Topics.CONTROL + "' offset=" + record.offset() + ": passed over: " + fault.getMessage());
        LOG.atWarn()
                .addKeyValue("offset", record.offset())
                .setCause(fault)
                .log("a record of the control topic was passed over");
    }

    @Override
    public void stop(ControlState state) throws IOException, InterruptedException {
        ControlRecord.write(connection, state);
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
            deserializer.close();
            return;
        }
        try {
            thread.join(CLOSE.toMillis() * 2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
