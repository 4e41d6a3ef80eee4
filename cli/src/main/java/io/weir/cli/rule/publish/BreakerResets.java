package io.weir.cli.rule.publish;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.cli.search.TopicReader;
import io.weir.schemas.Position;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Lets suspended rules act again: writes resets where the firings were counted, and waits until the filters have read them,
 * which is when they delete the status of the path. Belongs to one thread.
 */
public final class BreakerResets implements Closeable {
    private static final int TIMEOUT_MS = 15_000;

    private final KafkaConnection connection;
    private final TopicReader reader;
    private final RuleStatuses statuses = new RuleStatuses();

    private BreakerResets(KafkaConnection connection, TopicReader reader) {
        this.connection = connection;
        this.reader = reader;
    }

    /** Reads which rules are suspended for which paths. The topic must exist. */
    public static BreakerResets open(KafkaConnection connection) {
        BreakerResets resets = new BreakerResets(connection, TopicReader.fromBeginning(connection, Topics.RULE_STATUS));
        resets.reader.readToEnd(resets.statuses::take);
        return resets;
    }

    /** Of each path for which the rule is suspended. */
    public List<RuleStatus> tripped(String rule) {
        return statuses.tripped(rule);
    }

    /** What a status of a suspended rule is about. */
    public static RulePath target(RuleStatus tripped) {
        return new RulePath(tripped.getRule(), String.valueOf(tripped.getVolume()), String.valueOf(tripped.getPath()));
    }

    /**
     * Resets these.
     *
     * @param author who does it
     * @param host where
     * @param taken told each that a filter has reset, as soon as it is known
     * @return what no filter has reset within the time
     * @throws CommandException if not all could be written
     */
    public Set<RulePath> reset(
            Collection<RuleStatus> tripped, String author, String host, Duration atMost, Consumer<RulePath> taken) {
        Set<RulePath> pending = new LinkedHashSet<>();
        tripped.forEach(status -> pending.add(target(status)));
        write(tripped, author, host);
        reader.readUntil(pending::isEmpty, atMost, record -> {
            if (record.value() == null) {
                RulePath.ofKey(record.key()).filter(pending::remove).ifPresent(taken);
            }
        });
        return pending;
    }

    private void write(Collection<RuleStatus> tripped, String author, String host) {
        Map<String, Object> config = connection.producerConfig("weir-reset");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(config)) {
            List<Future<?>> written = new ArrayList<>();
            for (RuleStatus status : tripped) {
                records(producer, status, author, host).forEach(record -> written.add(producer.send(record)));
            }
            for (Future<?> one : written) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new CommandException(
                    "not all resets could be written: " + Failures.describe(Failures.unwrap(e)) + "; run it again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted; resets may have been written", e);
        }
    }

    /** The partition of events is where it tripped; of contributions, each may have counted the path. */
    private static List<ProducerRecord<String, SpecificRecord>> records(
            KafkaProducer<String, SpecificRecord> producer, RuleStatus status, String author, String host) {
        RulePath target = target(status);
        BreakerReset reset = new BreakerReset(target);
        Instant now = Instant.now();
        Position position = status.getPosition();
        if (position != null && position.getTopic().equals(Topics.AGGREGATES)) {
            SpecificRecord contribution = reset.contribution(author, host, now);
            return producer.partitionsFor(Topics.AGGREGATES).stream()
                    .map(info -> new ProducerRecord<>(
                            Topics.AGGREGATES, info.partition(), target.rule() + ":", contribution))
                    .toList();
        }
        ProducerRecord<String, SpecificRecord> event = new ProducerRecord<>(
                Topics.FILE_EVENTS,
                position == null ? null : position.getPartition(),
                Keys.fileEvent(target.volume(), target.path()),
                reset.event(author, host, now));
        reset.write(event.headers());
        return List.of(event);
    }

    @Override
    public void close() {
        reader.close();
    }
}
