package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.JsonObject;
import io.weir.schemas.Rule;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir rules list}. */
@Command(
        name = "list",
        description = "List the rules in force.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
final class ListRulesCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Form {
        TABLE,
        YAML,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, json (one object a line), or yaml (a file that 'weir rules apply' takes).")
    private Form form = Form.TABLE;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES, Topics.RULE_STATUS);
        PublishedRules published = PublishedRules.read(connection);
        CommandOutput output = CommandOutput.of(spec);
        switch (form) {
            case TABLE -> table(published, statuses(connection), output);
            case JSON -> json(published, statuses(connection), output);
            case YAML -> yaml(published, output);
        }
        return ExitCode.OK;
    }

    private static void table(PublishedRules published, Map<String, RuleStatus> statuses, CommandOutput output) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "STATUS", "CHANGED", "BY"));
        published
                .rules()
                .forEach((id, rule) -> rows.add(List.of(
                        id,
                        status(statuses.get(id)),
                        time(rule.getWrittenAt()),
                        rule.getAuthor() == null ? "" : rule.getAuthor())));
        output.table(rows);
    }

    private static void json(PublishedRules published, Map<String, RuleStatus> statuses, CommandOutput output) {
        for (Rule rule : published.rules().values()) {
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

    private static void yaml(PublishedRules published, CommandOutput output) {
        output.line("rules:");
        for (Rule rule : published.rules().values()) {
            String[] lines = rule.getDefinition().strip().split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                output.line((i == 0 ? "  - " : "    ") + lines[i]);
            }
        }
    }

    /** What the filter said last of each rule. */
    private static Map<String, RuleStatus> statuses(KafkaConnection connection) {
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

    private static String status(@Nullable RuleStatus status) {
        return status == null ? "unconfirmed" : status.getStatus();
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "" : TIME.format(instant.atZone(ZoneId.systemDefault()));
    }
}
