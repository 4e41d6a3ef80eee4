package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.rule.file.RuleFileOptions;
import io.weir.cli.rule.file.RuleTests;
import io.weir.cli.rule.publish.ApplyOptions;
import io.weir.cli.rule.publish.Provocation;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RuleApplication;
import io.weir.cli.rule.publish.RuleChange;
import io.weir.rules.RuleFile;
import io.weir.schemas.connect.KafkaConnection;
import java.util.List;
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
            "Put the rules of files in force: all of them at once, or none.",
            "Rules that are in force as they are stay untouched. The rules' tests run first; if one fails, nothing is"
                    + " applied. Waits until all running filters have taken the rules over."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules apply -f rules/ --prune --comment 'quarantine archives too'")
final class ApplyRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RuleFileOptions source;

    @Option(names = "--prune", description = "Also delete all rules that the files do not have.")
    private boolean prune;

    @Option(
            names = "--if-none",
            description = "Do nothing if rules were ever published; later changes, deletions too, stay.")
    private boolean ifNone;

    @Option(names = "--dry-run", description = "Only show what would be changed; the exit code is 3 if anything would.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ApplyOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        RuleFile rules = source.read();
        RuleTests.require(rules.rules());
        KafkaConnection connection = RuleApplication.reach(connections);
        RuleApplication application = new RuleApplication(connection, options, CommandOutput.of(spec));
        return dryRun ? application.dryRun(now -> change(rules, now)) : application.apply(now -> change(rules, now));
    }

    private RuleChange change(RuleFile rules, PublishedRules now) {
        if (ifNone && now.endOffset() > 0) {
            CommandOutput.of(spec).note("rules were published before: nothing is applied, since --if-none");
            return RuleChange.towards(List.of(), now, false);
        }
        RuleChange change = RuleChange.towards(rules.rules(), now, prune);
        Provocation provocation = Provocation.among(rules.rules(), now, prune);
        provocation.requireDepths();
        provocation.tell(change.written().keySet(), CommandOutput.of(spec));
        return change;
    }
}
