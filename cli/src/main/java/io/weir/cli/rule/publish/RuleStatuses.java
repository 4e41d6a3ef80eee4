package io.weir.cli.rule.publish;

import io.weir.cli.search.TopicReader;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What filters said last of each rule, and for which paths they have suspended it. Belongs to one thread. */
public final class RuleStatuses {
    private static final String TRIPPED = "tripped";

    private final TreeMap<String, RuleStatus> byKey = new TreeMap<>();

    /** Reads the topic, which must exist. */
    public static RuleStatuses read(KafkaConnection connection) {
        RuleStatuses statuses = new RuleStatuses();
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.RULE_STATUS)) {
            reader.readToEnd(statuses::take);
        }
        return statuses;
    }

    void take(ConsumerRecord<String, SpecificRecord> record) {
        if (record.value() instanceof RuleStatus status) {
            byKey.put(record.key(), status);
        } else if (record.value() == null) {
            byKey.remove(record.key());
        }
    }

    /** In a word: {@code tripped} if it is for any path; {@code unconfirmed} if no filter has spoken of it. */
    public String word(String rule) {
        @Nullable RuleStatus status = byKey.get(rule);
        if (!tripped(rule).isEmpty()) {
            return TRIPPED;
        }
        return status == null ? "unconfirmed" : status.getStatus();
    }

    /** Of each path for which the rule is suspended, in the order of volumes and paths. */
    public List<RuleStatus> tripped(String rule) {
        return byKey.subMap(rule + ':', rule + ';').values().stream()
                .filter(status -> status.getStatus().equals(TRIPPED))
                .toList();
    }

    /** The same of several rules. */
    public List<RuleStatus> tripped(Collection<String> rules) {
        return rules.stream().flatMap(rule -> tripped(rule).stream()).toList();
    }

    /** For how many paths each rule is suspended; those that are for none are left out. */
    public SortedMap<String, Long> tripped() {
        return byKey.values().stream()
                .filter(status -> status.getStatus().equals(TRIPPED))
                .collect(Collectors.groupingBy(RuleStatus::getRule, TreeMap::new, Collectors.counting()));
    }
}
