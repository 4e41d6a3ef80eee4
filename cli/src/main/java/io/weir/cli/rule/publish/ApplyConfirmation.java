package io.weir.cli.rule.publish;

import io.weir.cli.CommandException;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until all running filters have taken an apply over. Opened before the apply, so that a quick answer is not missed.
 * Who runs is read from the whole of {@code weir.components}; what they say, from the end of {@code weir.rule-status}. Both
 * have one partition. Belongs to one thread.
 */
final class ApplyConfirmation implements Closeable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** For a filter that has just started and is not known yet, and for a word that is on its way. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final TopicPartition COMPONENTS = new TopicPartition(Topics.COMPONENTS, 0);
    private static final TopicPartition STATUSES = new TopicPartition(Topics.RULE_STATUS, 0);

    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final long known;

    private ApplyConfirmation(KafkaConsumer<String, SpecificRecord> consumer, long known) {
        this.consumer = consumer;
        this.known = known;
    }

    /** Remembers where the topics end now. */
    static ApplyConfirmation open(KafkaConnection connection) {
        KafkaConsumer<String, SpecificRecord> consumer =
                new KafkaConsumer<>(connection.scanConfig("weir-confirmation"));
        consumer.assign(List.of(COMPONENTS, STATUSES));
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        consumer.seekToBeginning(List.of(COMPONENTS));
        consumer.seek(STATUSES, ends.getOrDefault(STATUSES, 0L));
        return new ApplyConfirmation(consumer, ends.getOrDefault(COMPONENTS, 0L));
    }

    /**
     * Waits until all running filters have answered, for this time at most; if none runs, for a second at most.
     *
     * @param taking told each filter that has the apply, as soon as it is known
     * @throws CommandException if Kafka cannot be asked any more
     */
    ApplyOutcome await(PublishedApply apply, Duration atMost, Consumer<String> taking) {
        try {
            return answers(apply, atMost, taking);
        } catch (KafkaException e) {
            throw new CommandException(
                    "the change is published, but what the filters say of it cannot be read: " + e.getMessage()
                            + "; try 'weir rules list'",
                    e);
        }
    }

    private ApplyOutcome answers(PublishedApply apply, Duration atMost, Consumer<String> taking) {
        RunningFilters filters = new RunningFilters(apply, taking);
        long begun = System.nanoTime();
        Duration since = Duration.ZERO;
        boolean over = false;
        while (!over) {
            consumer.poll(POLL).forEach(record -> read(record, filters));
            since = Duration.ofNanos(System.nanoTime() - begun);
            boolean late = since.compareTo(atMost) >= 0;
            if (late || since.compareTo(GRACE) >= 0) {
                filters.settle();
            }
            over = knowsWhoRuns()
                    && (late || filters.isComplete() || (filters.isEmpty() && since.compareTo(GRACE) >= 0));
        }
        return filters.outcome(since);
    }

    private boolean knowsWhoRuns() {
        return consumer.position(COMPONENTS) >= known;
    }

    private static void read(ConsumerRecord<String, SpecificRecord> record, RunningFilters filters) {
        if (record.value() instanceof RuleStatus status) {
            filters.rule(status);
        } else if (record.value() instanceof ComponentStatus status) {
            filters.component(status, Instant.ofEpochMilli(record.timestamp()));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
