package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleStatuses;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules get}. */
@Command(
        name = "get",
        description = "Show rules as they are in force.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules get quarantine-media -o yaml")
final class GetRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Form {
        YAML,
        JSON
    }

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of rules, as 'weir rules list' shows them.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "yaml",
            description = "yaml (a file that 'weir rules apply' takes; the default) or json (one object a line).")
    private Form form = Form.YAML;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES, Topics.RULE_STATUS);
        PublishedRules published = PublishedRules.read(connection);
        UnknownRules.refuse(ids, published.rules().keySet(), "in force are");
        List<Rule> rules = ids.stream()
                .distinct()
                .map(id -> Objects.requireNonNull(published.rules().get(id)))
                .toList();
        CommandOutput output = CommandOutput.of(spec);
        RuleStatuses statuses = RuleStatuses.read(connection);
        switch (form) {
            case YAML -> RuleForms.yaml(rules, output);
            case JSON -> RuleForms.json(rules, statuses, output);
        }
        RuleForms.notes(rules.stream().map(Rule::getId).toList(), statuses, output);
        return ExitCode.OK;
    }
}
