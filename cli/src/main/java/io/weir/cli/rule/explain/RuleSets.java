package io.weir.cli.rule.explain;

import io.weir.cli.search.TopicReader;
import io.weir.filter.ActiveRules;
import io.weir.filter.RuleLog;
import io.weir.filter.RuleRecords;
import io.weir.rules.ActionTypes;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.Optional;

/** Rebuilds rule sets from {@code weir.rules}. */
public final class RuleSets {
    private RuleSets() {}

    /** The set in force now. */
    static ActiveRules now(KafkaConnection connection) {
        return at(connection, Long.MAX_VALUE);
    }

    /** The set that was in force once the record of an offset had been read. */
    public static ActiveRules at(KafkaConnection connection, long offset) {
        RuleLog log = new RuleLog(ActionTypes.discover(), report -> {});
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.RULES)) {
            reader.readToEnd(record -> {
                if (record.offset() <= offset) {
                    RuleRecords.feed(log, record.key(), record.headers(), record.value(), record.offset());
                }
            });
        }
        log.restored();
        return log.get();
    }

    /** Which set judged an event; empty if none of its partition has been judged up to there. */
    static Optional<RulesInForce> inForce(KafkaConnection connection, int partition, long offset) {
        RulesInForce[] latest = new RulesInForce[1];
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.RULES_IN_FORCE)) {
            reader.readToEnd(record -> {
                if (record.value() instanceof RulesInForce candidate
                        && candidate.getTopic().equals(Topics.FILE_EVENTS)
                        && candidate.getPartition() == partition
                        && candidate.getFromOffset() <= offset
                        && (latest[0] == null || latest[0].getFromOffset() <= candidate.getFromOffset())) {
                    latest[0] = candidate;
                }
            });
        }
        return Optional.ofNullable(latest[0]);
    }
}
