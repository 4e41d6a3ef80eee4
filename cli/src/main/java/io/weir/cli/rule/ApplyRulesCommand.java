package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.instance.Reachability;
import io.weir.rules.RuleFile;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir rules apply}. */
@Command(
        name = "apply",
        description = {
            "Put the rules of a file in force: all of them at once, or none.",
            "Rules that are in force as they are stay untouched. A running system follows within a second."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
final class ApplyRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RuleFileOptions source;

    @Option(names = "--prune", description = "Also delete all rules that the file does not have.")
    private boolean prune;

    @Option(names = "--dry-run", description = "Only show what would be changed; the exit code is 3 if anything would.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ApplyOptions options;

    @Override
    public Integer call() {
        RuleFile rules = source.read();
        KafkaConnection connection = source.connections().resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES, Topics.RULE_STATUS);
        RuleApplication application = new RuleApplication(connection, options, CommandOutput.of(spec));
        return dryRun
                ? application.dryRun(now -> RuleChange.towards(rules.rules(), now, prune))
                : application.apply(now -> RuleChange.towards(rules.rules(), now, prune));
    }
}
