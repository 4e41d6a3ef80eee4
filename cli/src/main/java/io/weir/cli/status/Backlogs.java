package io.weir.cli.status;

import io.weir.cli.CommandException;
import io.weir.schemas.connect.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How far consumer groups are behind. Offsets alone would tell too much, since each transaction leaves a marker in each
 * partition that it wrote to: where little is left, the records are counted.
 */
final class Backlogs {
    private static final long MOST_TO_COUNT = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection connection;

    Backlogs(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * By group.
     *
     * @throws CommandException if Kafka refuses or does not answer
     */
    Map<String, Backlog> of(Collection<String> groups) {
        return KafkaQuestion.ask(connection, "how far consumer groups are", admin -> {
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = admin.listConsumerGroupOffsets(
                            groups.stream()
                                    .collect(Collectors.toMap(
                                            Function.identity(), group -> new ListConsumerGroupOffsetsSpec())))
                    .all()
                    .get();
            Set<TopicPartition> partitions = new HashSet<>();
            committed.values().forEach(offsets -> partitions.addAll(offsets.keySet()));
            var ends = admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest())))
                    .all()
                    .get();
            Map<String, Backlog> backlogs = new HashMap<>();
            for (var group : committed.entrySet()) {
                Map<TopicPartition, Long> from = new HashMap<>();
                long most = 0;
                for (var offset : group.getValue().entrySet()) {
                    var end = ends.get(offset.getKey());
                    if (offset.getValue() != null
                            && end != null
                            && end.offset() > offset.getValue().offset()) {
                        from.put(offset.getKey(), offset.getValue().offset());
                        most += end.offset() - offset.getValue().offset();
                    }
                }
                backlogs.put(group.getKey(), most > MOST_TO_COUNT ? new Backlog(most, false) : count(from, most));
            }
            return backlogs;
        });
    }

    private Backlog count(Map<TopicPartition, Long> from, long most) {
        if (from.isEmpty()) {
            return Backlog.NONE;
        }
        Map<String, Object> config = connection.scanConfig("weir-status");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(from.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
            from.forEach(consumer::seek);
            long records = 0;
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() - deadline < 0) {
                records += consumer.poll(POLL).count();
                if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    return new Backlog(records, true);
                }
            }
            return new Backlog(most, false);
        }
    }
}
