package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.rule.file.RuleFileOptions;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleChange;
import io.weir.rules.RuleFile;
import io.weir.rules.RuleSource;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir rules diff}. */
@Command(
        name = "diff",
        description = {
            "Show what an apply of these files would change, rule by rule, as differences of their canonical form.",
            "The exit code is 3 if there are any, 0 if not."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules diff -f rules/ --prune")
final class DiffRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RuleFileOptions source;

    @Option(
            names = "--prune",
            description = "Also show the rules that the files do not have: an apply would delete them.")
    private boolean prune;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        RuleFile wanted = source.read();
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES);
        PublishedRules now = PublishedRules.read(connection);
        RuleChange change = RuleChange.towards(wanted.rules(), now, prune);
        CommandOutput output = CommandOutput.of(spec);
        for (RuleSource rule : wanted.rules()) {
            if (change.created().containsKey(rule.id())) {
                output.line("rule/" + rule.id() + " created (" + rule.place() + ")");
                LineDiff.of("", rule.definition()).forEach(output::line);
            } else if (change.changed().containsKey(rule.id())) {
                output.line("rule/" + rule.id() + " changed (" + rule.place() + ")");
                LineDiff.of(definition(now, rule.id()), rule.definition()).forEach(output::line);
            }
        }
        for (String id : change.deleted()) {
            output.line("rule/" + id + " deleted");
            LineDiff.of(definition(now, id), "").forEach(output::line);
        }
        output.note(change.created().size() + " created, " + change.changed().size() + " changed, "
                + change.deleted().size() + " deleted, " + change.unchanged().size() + " unchanged");
        return change.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCES;
    }

    private static String definition(PublishedRules now, String id) {
        var rule = now.rules().get(id);
        return rule == null ? "" : rule.getDefinition();
    }
}
