package io.weir.cli.rule;

import io.weir.cli.audit.BacktestCommand;
import io.weir.cli.rule.explain.ExplainRulesCommand;
import io.weir.cli.rule.file.SchemaRulesCommand;
import io.weir.cli.rule.file.TestRulesCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir rules}: the group of commands about rules. */
@Command(
        name = "rules",
        description = "Write, test, apply, compare, explain and undo rules.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir rules COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = {
            ApplyRulesCommand.class,
            CheckRulesCommand.class,
            TestRulesCommand.class,
            DiffRulesCommand.class,
            BacktestCommand.class,
            ExplainRulesCommand.class,
            ListRulesCommand.class,
            GetRulesCommand.class,
            HistoryCommand.class,
            RollbackCommand.class,
            EnableRulesCommand.class,
            DisableRulesCommand.class,
            ShadowRulesCommand.class,
            ResetRuleCommand.class,
            DeleteRulesCommand.class,
            SchemaRulesCommand.class
        })
public final class RulesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "rules: expected one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
