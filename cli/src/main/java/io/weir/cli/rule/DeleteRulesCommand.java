package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.rule.publish.ApplyOptions;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleApplication;
import io.weir.cli.rule.publish.RuleChange;
import io.weir.schemas.connect.KafkaConnection;
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
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules delete large-files --comment 'no longer needed'")
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
        KafkaConnection connection = RuleApplication.reach(connections);
        return new RuleApplication(connection, options, CommandOutput.of(spec)).apply(this::change);
    }

    private RuleChange change(PublishedRules now) {
        UnknownRules.refuse(ids, now.rules().keySet(), "nothing was deleted; in force are");
        return RuleChange.deleting(new LinkedHashSet<>(ids));
    }
}
