package io.weir.cli.rule;

import io.weir.cli.search.TopicReader;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a rule that {@code weir.rules} still has: committed ones, deletions among them.
 *
 * @param versions in their order
 * @param isWhole false if records before the first version are missing, so that there may have been older ones
 * @param ids of all rules that the topic has
 */
record RuleHistory(List<RuleVersion> versions, boolean isWhole, SortedSet<String> ids) {
    RuleHistory {
        versions = List.copyOf(versions);
    }

    /** Reads the topic, which must exist. */
    static RuleHistory read(KafkaConnection connection, String id) {
        Reading reading = new Reading(id);
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.RULES)) {
            reader.readToEnd(reading::take);
        }
        return reading.history();
    }

    /** Collects what the topic has. */
    static final class Reading {
        private final String id;
        private final List<ConsumerRecord<String, SpecificRecord>> own = new ArrayList<>();
        private final Map<String, Manifest> manifests = new HashMap<>();
        private final SortedSet<String> ids = new TreeSet<>();
        private final Set<Long> accounted = new HashSet<>();

        Reading(String id) {
            this.id = id;
        }

        void take(ConsumerRecord<String, SpecificRecord> record) {
            accounted.add(record.offset());
            if (record.value() instanceof Manifest manifest) {
                manifests.put(manifest.getApplyId(), manifest);
                // The transaction's end has an offset of its own, and no record.
                accounted.add(record.offset() + 1);
            } else if (!record.key().equals(Keys.APPLY)) {
                ids.add(record.key());
                if (record.key().equals(id)) {
                    own.add(record);
                }
            }
        }

        RuleHistory history() {
            return new RuleHistory(own.stream().map(this::version).toList(), own.isEmpty() || isWhole(), ids);
        }

        /** Compaction leaves holes before what it has kept. */
        private boolean isWhole() {
            long first = own.get(0).offset();
            return accounted.stream().filter(offset -> offset < first).count() == first;
        }

        private RuleVersion version(ConsumerRecord<String, SpecificRecord> record) {
            Instant appended = Instant.ofEpochMilli(record.timestamp());
            if (record.value() instanceof Rule rule) {
                Instant at = rule.getWrittenAt() == null ? appended : rule.getWrittenAt();
                return new RuleVersion(
                        record.offset(), Optional.of(rule.getDefinition()), at, rule.getAuthor(), rule.getComment());
            }
            @Nullable
            Manifest manifest =
                    RulesApply.applyId(record.headers()).map(manifests::get).orElse(null);
            return manifest == null
                    ? new RuleVersion(record.offset(), Optional.empty(), appended, null, null)
                    : new RuleVersion(
                            record.offset(),
                            Optional.empty(),
                            manifest.getWrittenAt(),
                            manifest.getAuthor(),
                            manifest.getComment());
        }
    }

    /** What a version changed against the one before it: {@code created}, {@code changed: when, actions}. */
    String change(int index) {
        Optional<String> now = versions.get(index).definition();
        Optional<String> before =
                index == 0 ? Optional.empty() : versions.get(index - 1).definition();
        if (now.isEmpty()) {
            return "deleted";
        }
        if (before.isEmpty()) {
            return index == 0 && !isWhole ? "oldest that is left" : "created";
        }
        List<String> keys = DefinitionParts.changed(before.get(), now.get());
        return keys.isEmpty() ? "published again" : "changed: " + String.join(", ", keys);
    }
}
