package io.weir.agent.publish;

import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.agent.claim.ClaimLog;
import io.weir.agent.claim.LogPosition;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to {@code weir.file-events}, and the agent's status to {@code weir.components}.
 *
 * <p><b>Per partition an agent's numbers only rise</b>, since the filter drops what is not above the highest it has seen. So
 * one request at a time is under way to each broker ({@code max.in.flight.requests.per.connection=1}); a record that fails
 * for good closes the producer from within its call-back, before anything behind it can be sent; and a new producer sends all
 * that is not acknowledged again, from the lowest number on. What then arrives twice has the same ids. With more requests
 * under way a later batch could be accepted after an earlier one of the same partition was refused; the events of that one
 * would be dropped as resent.
 *
 * <p>It waits and tries again for ever, whether the broker, the registry or a right is missing; {@link #fault} tells.
 */
public final class KafkaOutlet implements EventOutlet {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutlet.class);
    private static final long MAX_BACKOFF_MILLIS = 5_000;

    private final Supplier<Producer<String, Object>> producers;
    private final @Nullable ClaimLog claims;
    private final InFlight inFlight;
    private @Nullable Producer<String, Object> producer;
    private final AtomicBoolean unreported = new AtomicBoolean();
    private volatile boolean closed;

    /** @param agent agent id, part of the client id */
    public KafkaOutlet(KafkaConnection connection, String agent) {
        this(() -> new KafkaProducer<>(config(connection, agent)), new KafkaClaimLog(connection, agent));
    }

    KafkaOutlet(Supplier<Producer<String, Object>> producers, @Nullable ClaimLog claims) {
        this.producers = producers;
        this.claims = claims;
        this.inFlight = new InFlight();
    }

    private static Map<String, Object> config(KafkaConnection connection, String agent) {
        Map<String, Object> config = connection.producerConfig("weir-agent-" + agent);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L << 20);
        config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return config;
    }

    @Override
    public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) throws InterruptedException {
        for (SpooledEvent event : events) {
            inFlight.add(event, acknowledgement, this::isBroken);
            sendOrResend(event);
        }
    }

    private void sendOrResend(SpooledEvent event) throws InterruptedException {
        if (isBroken() || !send(event)) {
            mend();
        }
    }

    /** Sends all again that is not acknowledged, through a new producer, until it takes them. */
    private void mend() throws InterruptedException {
        for (int tries = 0; isBroken(); tries++) {
            backOff(tries);
            discard();
            for (SpooledEvent event : inFlight.unacknowledged()) {
                if (!send(event)) {
                    break;
                }
            }
        }
    }

    private boolean isBroken() {
        return inFlight.isBroken();
    }

    /** Returns whether all records of the event are on their way. */
    private boolean send(SpooledEvent event) throws InterruptedException {
        try {
            Producer<String, Object> to = producer();
            List<ProducerRecord<String, Object>> records = records(event);
            inFlight.expect(event.sequence(), records.size());
            for (ProducerRecord<String, Object> record : records) {
                Future<RecordMetadata> unused =
                        to.send(record, inFlight.callback(event.sequence(), () -> to.close(Duration.ZERO)));
            }
            return !isBroken();
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException("interrupted while sending").initCause(e);
        } catch (RuntimeException e) {
            inFlight.fail(e);
            return false;
        }
    }

    private static List<ProducerRecord<String, Object>> records(SpooledEvent event) {
        List<ProducerRecord<String, Object>> records = new ArrayList<>(2);
        records.add(new ProducerRecord<>(Topics.FILE_EVENTS, event.key(), event.event()));
        event.sourceKey().ifPresent(key -> event.sourceHalf()
                .ifPresent(half -> records.add(new ProducerRecord<>(Topics.FILE_EVENTS, key, half))));
        event.causation().ifPresent(c -> records.forEach(r -> c.write(r.headers())));
        return records;
    }

    private Producer<String, Object> producer() {
        Producer<String, Object> current = producer;
        if (current == null) {
            current = producers.get();
            producer = current;
        }
        return current;
    }

    private void discard() {
        Producer<String, Object> broken = producer;
        producer = null;
        if (broken != null) {
            broken.close(Duration.ZERO);
        }
        inFlight.mend();
    }

    private void backOff(int tries) throws InterruptedException {
        String cause = inFlight.cause();
        if (inFlight.trouble(cause)) {
            LOG.atWarn()
                    .addKeyValue("cause", cause)
                    .log("Events cannot be published; they stay in the spool and are tried again until it works");
        }
        TimeUnit.MILLISECONDS.sleep(Math.min(MAX_BACKOFF_MILLIS, 100L << Math.min(tries, 6)));
    }

    /** Sends it once; the next one comes soon. */
    @Override
    public CompletableFuture<LogPosition> report(ComponentStatus status) throws InterruptedException {
        CompletableFuture<LogPosition> there = new CompletableFuture<>();
        if (closed) {
            there.cancel(false);
            return there;
        }
        mend(); // A producer that broke after the last event has come is found here.
        try {
            String key = status.getKind() + "/" + status.getId();
            Future<RecordMetadata> unused = producer()
                    .send(
                            new ProducerRecord<>(Topics.COMPONENTS, key, status),
                            (metadata, e) -> reported(metadata, e, there));
        } catch (InterruptException e) {
            throw (InterruptedException) new InterruptedException("interrupted while sending").initCause(e);
        } catch (RuntimeException e) {
            reported(null, e, there);
        }
        return there;
    }

    private void reported(
            @Nullable RecordMetadata metadata, @Nullable Exception e, CompletableFuture<LogPosition> there) {
        if (metadata != null && e == null) {
            unreported.set(false);
            there.complete(new LogPosition(metadata.offset(), metadata.timestamp()));
            return;
        }
        Throwable cause = e == null ? new IllegalStateException("no answer") : e;
        if (!closed && !unreported.getAndSet(true)) {
            LOG.atWarn()
                    .addKeyValue("cause", cause.toString())
                    .log("The agent's status cannot be published; tried again until it works");
        }
        there.completeExceptionally(cause);
    }

    @Override
    public Optional<ClaimLog> claims() {
        return Optional.ofNullable(claims);
    }

    @Override
    public Optional<String> fault() {
        return inFlight.trouble()
                .map(cause -> "events cannot be published: " + cause
                        + "; they wait in the spool. Check broker, registry and rights");
    }

    @Override
    public void close() {
        closed = true;
        Producer<String, Object> current = producer;
        if (current != null) {
            current.close(isBroken() ? Duration.ZERO : Duration.ofSeconds(1));
        }
    }
}
