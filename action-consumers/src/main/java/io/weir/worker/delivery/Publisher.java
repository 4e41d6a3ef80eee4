package io.weir.worker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import io.weir.worker.Outcome;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes results, dead letters and the worker's status. Sends again until Kafka acknowledges. Safe for all threads. */
public final class Publisher implements Reports, Closeable {
    private static final Duration CLOSE = Duration.ofSeconds(3);
    private static final Duration RESEND = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();
    private final WorkerHealth health;
    private final ScheduledExecutorService resends;

    public Publisher(KafkaConnection connection, String clientId, WorkerHealth health) {
        Map<String, Object> config = connection.producerConfig(clientId);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 0);
        this.producer = new KafkaProducer<>(config);
        this.serializer.configure(connection.serdeConfig(), false);
        this.health = health;
        this.resends = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-resends");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @throws SerializationException if the registry is away */
    @Override
    public void result(
            ConsumerRecord<byte[], byte[]> source,
            ActionResult result,
            String failure,
            Causation cause,
            Runnable acknowledged) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (result.getOutcome().equals(Outcome.FAILED.word())) {
            records.add(deadLetter(source, DeadLetter.ACTION_FAILED, failure));
            health.add("dead_letters", 1);
        }
        var record = record(Topics.ACTION_RESULTS, result.getActionId(), result);
        new Causation(result.getActionId(), cause.correlationId(), cause.depth() + 1).write(record.headers());
        records.add(record);
        QuarantineIndex.of(result)
                .map(change -> quarantine(change, record.headers()))
                .ifPresent(records::add);
        send(records, acknowledged);
    }

    private ProducerRecord<byte[], byte[]> quarantine(QuarantineIndex.Change change, Headers headers) {
        byte[] key = change.actionId().getBytes(UTF_8);
        byte[] value = change.result() == null ? null : serializer.serialize(Topics.QUARANTINE, change.result());
        var record = new ProducerRecord<>(Topics.QUARANTINE, key, value);
        headers.forEach(record.headers()::add);
        return record;
    }

    @Override
    public void discarded(ConsumerRecord<byte[], byte[]> source, String cause, String detail, Runnable acknowledged) {
        health.add("dead_letters", 1);
        send(List.of(deadLetter(source, cause, detail)), acknowledged);
    }

    /** The record of a request that could not be carried out: as it was, with the cause in its headers. */
    private ProducerRecord<byte[], byte[]> deadLetter(
            ConsumerRecord<byte[], byte[]> source, String cause, String detail) {
        var record = new ProducerRecord<>(Topics.DEAD_LETTERS, source.key(), source.value());
        source.headers().forEach(record.headers()::add);
        new DeadLetter("worker", cause, detail, source.topic(), source.partition(), source.offset())
                .write(record.headers());
        return record;
    }

    /** Sends records; {@code acknowledged} is called once, when Kafka has all of them. */
    private void send(List<ProducerRecord<byte[], byte[]>> records, Runnable acknowledged) {
        AtomicInteger left = new AtomicInteger(records.size());
        for (var record : records) {
            send(record, () -> {
                if (left.decrementAndGet() == 0) {
                    acknowledged.run();
                }
            });
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        var unused = producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.run();
            } else {
                health.hindered(
                        "topic='" + record.topic() + "' cannot be written: " + failure.getMessage() + "; trying again");
                sendAgain(record, acknowledged);
            }
        });
    }

    @Override
    public void flush() {
        producer.flush();
    }

    private void sendAgain(ProducerRecord<byte[], byte[]> record, Runnable acknowledged) {
        if (!resends.isShutdown()) {
            var unused = resends.schedule(() -> send(record, acknowledged), RESEND.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the workers of a volume for an action; lost if Kafka does not take it. */
    void request(ActionRequest request, String key, Causation cause) {
        var record = record(Topics.actionsOf(request.getEvent().getVolume()), key, request);
        cause.write(record.headers());
        var unused = producer.send(record);
    }

    /** Writes the worker's status; one that is lost is followed by the next. {@code acknowledged} is called if it is not. */
    public void status(ComponentStatus status, Runnable acknowledged) {
        var unused =
                producer.send(record(Topics.COMPONENTS, "worker/" + status.getId(), status), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.run();
                    }
                });
    }

    private ProducerRecord<byte[], byte[]> record(String topic, String key, Object value) {
        return new ProducerRecord<>(topic, key.getBytes(UTF_8), serializer.serialize(topic, value));
    }

    @Override
    public void close() {
        resends.shutdownNow();
        producer.close(CLOSE);
        serializer.close();
    }
}
