package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.lines.JsonObject;
import io.weir.cli.rule.publish.TopicReader;
import io.weir.schemas.Rule;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms in which published rules are shown. */
final class RuleForms {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private RuleForms() {}

    /** A rule file of these rules. */
    static void yaml(Collection<Rule> rules, CommandOutput output) {
        output.line(rules.isEmpty() ? "rules: []" : "rules:");
        for (Rule rule : rules) {
            String[] lines = rule.getDefinition().strip().split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                output.line((i == 0 ? "  - " : "    ") + lines[i]);
            }
        }
    }

    /** One object a line. */
    static void json(Collection<Rule> rules, Map<String, RuleStatus> statuses, CommandOutput output) {
        for (Rule rule : rules) {
            output.line(new JsonObject()
                    .put("id", rule.getId())
                    .put("status", status(statuses.get(rule.getId())))
                    .put("definition", rule.getDefinition())
                    .put("author", rule.getAuthor())
                    .put("comment", rule.getComment())
                    .put("writtenAt", rule.getWrittenAt())
                    .text());
        }
    }

    /** What a filter said last of each rule. */
    static Map<String, RuleStatus> statuses(KafkaConnection connection) {
        Map<String, RuleStatus> statuses = new HashMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.RULE_STATUS)) {
            reader.readToEnd(record -> {
                if (record.value() instanceof RuleStatus status) {
                    statuses.put(record.key(), status);
                }
            });
        }
        return statuses;
    }

    static String status(@Nullable RuleStatus status) {
        return status == null ? "unconfirmed" : status.getStatus();
    }

    /** In the time zone of this machine. */
    static String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
