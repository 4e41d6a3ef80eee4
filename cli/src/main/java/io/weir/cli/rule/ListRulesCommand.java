package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleStatuses;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules list -o yaml > rules.yaml")
final class ListRulesCommand implements Callable<Integer> {
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
            case TABLE -> table(published, RuleStatuses.read(connection), output);
            case JSON -> RuleForms.json(published.rules().values(), RuleStatuses.read(connection), output);
            case YAML -> RuleForms.yaml(published.rules().values(), output);
        }
        return ExitCode.OK;
    }

    private static void table(PublishedRules published, RuleStatuses statuses, CommandOutput output) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "MODE", "STATUS", "CHANGED", "BY"));
        published
                .rules()
                .forEach((id, rule) -> rows.add(List.of(
                        id,
                        DefinitionParts.mode(rule.getDefinition()),
                        statuses.word(id),
                        RuleForms.time(rule.getWrittenAt()),
                        rule.getAuthor() == null ? "" : rule.getAuthor())));
        output.table(rows);
        RuleForms.notes(published.rules().keySet(), statuses, output);
    }
}
