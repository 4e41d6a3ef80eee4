package io.weir.cli.rule;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules delete}. */
@Command(
        name = "delete",
        description = "Take rules out of force: all that are named, or none.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class DeleteRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of rules, as 'weir rules list' shows them.")
    private List<String> ids = new ArrayList<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ApplyOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES, Topics.RULE_STATUS);
        return new RuleApplication(connection, options, CommandOutput.of(spec)).apply(this::change);
    }

    private RuleChange change(PublishedRules now) {
        List<String> unknown = ids.stream()
                .filter(id -> !now.rules().containsKey(id))
                .distinct()
                .toList();
        if (!unknown.isEmpty()) {
            throw new CommandException("no rule has the id " + String.join(", ", unknown)
                    + "; nothing was deleted; in force are: "
                    + (now.rules().isEmpty()
                            ? "none"
                            : String.join(", ", now.rules().keySet())));
        }
        return RuleChange.deleting(new LinkedHashSet<>(ids));
    }
}
