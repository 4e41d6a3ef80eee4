package io.weir.filter;

import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the group a position in each partition of what it reads before the filter starts: the earliest where it has none. From
 * then on the consumer itself never makes one up, so that lost events are told. Should the group's offsets expire, judging
 * begins at the earliest again, and what was judged before is known by its numbers and dropped.
 */
final class FirstOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(FirstOffsets.class);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final List<String> READ = List.of(Topics.FILE_EVENTS, Topics.AGGREGATES);

    private final Admin admin;
    private final String group;

    FirstOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /**
     * Sets what is missing.
     *
     * @throws KafkaException if Kafka refuses or does not answer
     */
    void ensure() {
        List<TopicPartition> missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> earliest = earliest(missing);
        try {
            get(
                    "set first offsets of group '" + group + "'",
                    admin.alterConsumerGroupOffsets(group, earliest).all());
            LOG.atInfo()
                    .addKeyValue("group", group)
                    .addKeyValue("offsets", earliest)
                    .log("First offsets set");
        } catch (KafkaException e) {
            // Another filter of the group has just set them and joined: then none is missing any more.
            if (!(e.getCause() instanceof UnknownMemberIdException)
                    || !missing().isEmpty()) {
                throw e;
            }
        }
    }

    private List<TopicPartition> missing() {
        var topics = get("describe topics " + READ, admin.describeTopics(READ).allTopicNames());
        Map<TopicPartition, OffsetAndMetadata> committed = get(
                "read offsets of group '" + group + "'",
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return topics.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(TopicPartitionInfo::partition)
                        .map(partition -> new TopicPartition(topic.name(), partition)))
                .filter(partition -> committed.get(partition) == null)
                .toList();
    }

    private Map<TopicPartition, OffsetAndMetadata> earliest(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> found =
                get("read earliest offsets", admin.listOffsets(specs).all());
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, new OffsetAndMetadata(info.offset())));
        return offsets;
    }

    private static <T> T get(String what, Future<T> future) {
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaException("cannot " + what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new KafkaException("cannot " + what + ": no answer from Kafka within " + LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("cannot " + what + ": interrupted", e);
        }
    }
}
