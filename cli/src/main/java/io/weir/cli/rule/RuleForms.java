package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.lines.JsonObject;
import io.weir.cli.lines.PrintableText;
import io.weir.cli.rule.publish.BreakerResets;
import io.weir.cli.rule.publish.RuleStatuses;
import io.weir.schemas.Rule;
import io.weir.schemas.RuleStatus;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms in which published rules are shown. */
final class RuleForms {
    private static final int MOST_NOTED = 20;
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
    static void json(Collection<Rule> rules, RuleStatuses statuses, CommandOutput output) {
        for (Rule rule : rules) {
            output.line(new JsonObject()
                    .put("id", rule.getId())
                    .put("status", statuses.word(rule.getId()))
                    .put("tripped", tripped(statuses.tripped(rule.getId())))
                    .put("definition", rule.getDefinition())
                    .put("author", rule.getAuthor())
                    .put("comment", rule.getComment())
                    .put("writtenAt", rule.getWrittenAt())
                    .text());
        }
    }

    private static @Nullable List<JsonObject> tripped(List<RuleStatus> statuses) {
        return statuses.isEmpty()
                ? null
                : statuses.stream()
                        .map(status -> new JsonObject()
                                .put("volume", status.getVolume())
                                .put("path", status.getPath())
                                .put("since", status.getAt()))
                        .toList();
    }

    /** Says for which paths rules are suspended, and what to do. */
    static void notes(Collection<String> rules, RuleStatuses statuses, CommandOutput output) {
        List<RuleStatus> tripped = statuses.tripped(rules);
        tripped.stream()
                .limit(MOST_NOTED)
                .forEach(status -> output.note(PrintableText.of("rule '" + status.getRule() + "' is suspended for "
                        + BreakerResets.target(status).place() + " since " + time(status.getAt()) + ": "
                        + String.join("; ", status.getFaults()))));
        if (tripped.size() > MOST_NOTED) {
            output.note("and " + (tripped.size() - MOST_NOTED) + " more suspensions; -o json has all");
        }
    }

    /** In the time zone of this machine. */
    static String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
