package io.weir.cli.rule;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.Manifest;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Filters that say that they run, and of which some take each apply over at once. */
final class FakeFilters implements Closeable {
    private final TestSystem system;
    private final List<String> answering;
    private final KafkaConsumer<String, SpecificRecord> rules;
    private final Thread thread = new Thread(this::run, "fake-filters");
    private volatile boolean closing;

    private FakeFilters(TestSystem system, List<String> answering) {
        this.system = system;
        this.answering = answering;
        this.rules = new KafkaConsumer<>(system.connection().consumerConfig("fake-filters"));
        TopicPartition partition = new TopicPartition(Topics.RULES, 0);
        rules.assign(List.of(partition));
        rules.endOffsets(List.of(partition)).forEach(rules::seek);
    }

    static FakeFilters answering(TestSystem system, String... ids) {
        List.of(ids).forEach(id -> report(system, id, "running"));
        FakeFilters filters = new FakeFilters(system, List.of(ids));
        filters.thread.start();
        return filters;
    }

    /** A filter's sign of life, or its last one. */
    static void report(TestSystem system, String id, String state) {
        system.send(
                Topics.COMPONENTS,
                "filter/" + id,
                ComponentStatus.newBuilder()
                        .setKind("filter")
                        .setId(id)
                        .setVersion("test")
                        .setHost("host")
                        .setStartedAt(Instant.EPOCH)
                        .setReportedAt(Instant.EPOCH)
                        .setState(state)
                        .setFigures(Map.of("rules-offset", 0L))
                        .build());
    }

    /** What an apply is to say of them. */
    List<String> lines() {
        return answering.stream().map(id -> "filter '" + id + "' has it").toList();
    }

    private void run() {
        while (!closing) {
            rules.poll(Duration.ofMillis(50)).forEach(record -> {
                if (record.value() instanceof Manifest manifest) {
                    answering.forEach(filter -> answer(filter, manifest, record.offset()));
                }
            });
        }
        rules.close();
    }

    private void answer(String filter, Manifest manifest, long offset) {
        system.send(
                Topics.RULE_STATUS,
                Keys.APPLY,
                RuleStatus.newBuilder()
                        .setRule(Keys.APPLY)
                        .setStatus("accepted")
                        .setRulesOffset(offset)
                        .setApplyId(manifest.getApplyId())
                        .setFilter(filter)
                        .setAt(Instant.EPOCH)
                        .build());
    }

    /** They stop in order. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answering.forEach(id -> report(system, id, "stopped"));
    }
}
