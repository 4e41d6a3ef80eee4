package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.rule.file.RuleFileOptions;
import io.weir.cli.rule.publish.Provocation;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleChange;
import io.weir.rules.RuleFile;
import io.weir.rules.RuleSource;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir rules check}. */
@Command(
        name = "check",
        description = {
            "Check rule files and show all of their faults, each with file, line and column.",
            "Needs no running system; where one runs, also says what an apply would change.",
            "Tells of rules that may provoke each other, and what ends that."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules check -f rules.yaml")
final class CheckRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RuleFileOptions source;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        RuleFile rules = source.read();
        CommandOutput output = CommandOutput.of(spec);
        int count = rules.rules().size();
        output.line(source.shown() + ": " + count + (count == 1 ? " rule" : " rules") + ", no faults");
        output.line(RuleFileOptions.cost(rules).toString());
        Optional<KafkaConnection> connection = connections.find();
        if (connection.isPresent()) {
            compare(rules, connection.get(), output);
        } else {
            tell(Provocation.among(rules.rules()), rules, output);
        }
        return ExitCode.OK;
    }

    private static void compare(RuleFile rules, KafkaConnection connection, CommandOutput output) {
        Reachability.require(connection, Reachability.WAIT, Topics.RULES);
        PublishedRules now = PublishedRules.read(connection);
        RuleChange change = RuleChange.towards(rules.rules(), now, false);
        output.line("an apply would create " + ids(change.created().keySet()) + ", change "
                + ids(change.changed().keySet()) + ", leave "
                + change.unchanged().size() + " as they are");
        tell(Provocation.among(rules.rules(), now, false), rules, output);
    }

    private static void tell(Provocation provocation, RuleFile rules, CommandOutput output) {
        provocation.tell(rules.rules().stream().map(RuleSource::id).toList(), output);
        provocation.requireDepths();
    }

    private static String ids(Collection<String> ids) {
        return ids.isEmpty() ? "none" : String.join(", ", ids);
    }
}
