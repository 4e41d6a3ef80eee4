package io.weir.cli.rule;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.rules.RuleFile;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir rules check}. */
@Command(
        name = "check",
        description = {
            "Check a rule file and show all of its faults, each with line and column.",
            "Needs no running system; where one runs, also says what an apply would change."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
final class CheckRulesCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The rule file, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    CheckRulesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        RuleFile rules = RuleFiles.read(context.resolve(file), file);
        CommandOutput output = CommandOutput.of(spec);
        int count = rules.rules().size();
        output.line(file + ": " + count + (count == 1 ? " rule" : " rules") + ", no faults");
        connections.find().ifPresent(connection -> compare(rules, connection, output));
        return ExitCode.OK;
    }

    private static void compare(RuleFile rules, KafkaConnection connection, CommandOutput output) {
        Reachability.require(connection, Reachability.WAIT, Topics.RULES);
        RuleChange change = RuleChange.towards(rules.rules(), PublishedRules.read(connection), false);
        output.line("an apply would create " + ids(change.created().keySet()) + ", change "
                + ids(change.changed().keySet()) + ", leave "
                + change.unchanged().size() + " as they are");
    }

    private static String ids(Collection<String> ids) {
        return ids.isEmpty() ? "none" : String.join(", ", ids);
    }
}
