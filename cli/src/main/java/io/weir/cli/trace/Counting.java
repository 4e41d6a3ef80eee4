package io.weir.cli.trace;

import io.weir.cli.rule.explain.RuleSets;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.filter.ActiveRules;
import io.weir.rules.trigger.Burst;
import io.weir.rules.trigger.Together;
import io.weir.rules.trigger.Trigger;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the events from which rules that count have concluded. They belong to chains of their own; the contributions of a
 * rule and group are in one partition, and the rule of then tells how far back the one that was concluded with reaches.
 */
final class Counting {
    /** How much later than the agents' clocks the log may be. */
    private static final Duration SLACK = Duration.ofHours(1);

    private final KafkaConnection connection;
    private final TopicScan scan;
    private final Map<Long, ActiveRules> rules = new HashMap<>();

    private Counting(KafkaConnection connection, TopicScan scan) {
        this.connection = connection;
        this.scan = scan;
    }

    /** By the places of decisions; those whose rule or contributions are not kept any more are left out. */
    static Map<String, Counted> of(KafkaConnection connection, TopicScan scan, List<FoundRecord> records) {
        Counting counting = new Counting(connection, scan);
        Map<String, Counted> counted = new HashMap<>();
        for (FoundRecord record : records) {
            record.value(Decision.class)
                    .flatMap(counting::counted)
                    .ifPresent(found -> counted.put(record.place(), found));
        }
        return counted;
    }

    private Optional<Counted> counted(Decision decision) {
        Position at = decision.getDecidedAt();
        if (at == null || !at.getTopic().equals(Topics.AGGREGATES)) {
            return Optional.empty();
        }
        TopicPartition partition = new TopicPartition(Topics.AGGREGATES, at.getPartition());
        return scan.at(partition, at.getOffset()).flatMap(last -> counted(decision, partition, last));
    }

    private Optional<Counted> counted(
            Decision decision, TopicPartition partition, ConsumerRecord<byte[], byte[]> last) {
        Optional<Contribution> concluding = scan.decode(last).value(Contribution.class);
        Optional<Limits> limits = decision.getRules().stream()
                .map(RuleDecision::getRule)
                .findFirst()
                .flatMap(id -> rules(decision.getRulesOffset()).set().find(id))
                .flatMap(rule -> Limits.of(rule.trigger()));
        if (concluding.isEmpty() || limits.isEmpty()) {
            return Optional.empty();
        }
        CountedValues values =
                new CountedValues(limits.get().within(), limits.get().count());
        String hash = concluding.get().getConditionHash();
        Instant since = Instant.ofEpochMilli(last.timestamp())
                .minus(limits.get().within())
                .minus(SLACK);
        var unused = scan.find(List.of(partition), TimeRange.ALL.from(since), record -> {
            if (record.offset() <= last.offset() && Arrays.equals(record.key(), last.key())) {
                scan.decode(record)
                        .value(Contribution.class)
                        .filter(c -> c.getConditionHash().equals(hash))
                        .ifPresent(values::add);
            }
            return record.offset() >= last.offset();
        });
        return Optional.of(values.counted());
    }

    private ActiveRules rules(long offset) {
        return rules.computeIfAbsent(offset, o -> RuleSets.at(connection, o));
    }

    /** What a rule counts to, and within how long. */
    private record Limits(int count, Duration within) {
        static Optional<Limits> of(Trigger trigger) {
            if (trigger instanceof Burst burst) {
                return Optional.of(new Limits(burst.count(), burst.within()));
            }
            if (trigger instanceof Together together) {
                return Optional.of(new Limits(together.paths().size(), together.within()));
            }
            return Optional.empty();
        }
    }
}
