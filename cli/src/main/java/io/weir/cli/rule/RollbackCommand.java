package io.weir.cli.rule;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.rule.publish.ApplyOptions;
import io.weir.cli.rule.publish.RuleApplication;
import io.weir.cli.rule.publish.RuleChange;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSource;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules rollback}. */
@Command(
        name = "rollback",
        description =
                "Put an earlier version of a rule in force again, also of a deleted one. It becomes a new version.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules rollback quarantine-media --to 12")
final class RollbackCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id of a rule; it may have been deleted.")
    private String id = "";

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            required = true,
            description = "The version's number, as 'weir rules history' shows it.")
    private long number;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ApplyOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        KafkaConnection connection = RuleApplication.reach(connections);
        RuleHistory history = RuleHistory.read(connection, id);
        UnknownRules.refuse(List.of(id), history.ids(), "known are");
        RuleSource rule = new RuleSource(id, definition(history), Topics.RULES, 1, 1);
        Optional<String> comment = options.comment().or(() -> Optional.of("rollback to version " + number));
        return new RuleApplication(connection, options, CommandOutput.of(spec))
                .apply(now -> RuleChange.towards(List.of(rule), now, false), comment);
    }

    private String definition(RuleHistory history) {
        RuleVersion version = history.versions().stream()
                .filter(candidate -> candidate.number() == number)
                .findFirst()
                .orElseThrow(
                        () -> new CommandException("rule '" + id + "' has no version " + number + ": expected one of "
                                + history.versions().stream()
                                        .map(known -> Long.toString(known.number()))
                                        .collect(Collectors.joining(", "))
                                + (history.isWhole() ? "" : "; older ones may have been compacted away")));
        String definition = version.definition()
                .orElseThrow(() -> new CommandException("version " + number + " of rule '" + id
                        + "' is its deletion; expected a version with a definition; try 'weir rules delete " + id
                        + "'"));
        try {
            Rule.compile(definition, ActionTypes.discover());
        } catch (RuleRejectedException e) {
            throw new CommandException(
                    "version " + number + " of rule '" + id + "' has faults by now, so nothing was changed:\n"
                            + e.getMessage(),
                    e);
        }
        return definition;
    }
}
