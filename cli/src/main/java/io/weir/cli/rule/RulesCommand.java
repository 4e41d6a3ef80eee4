package io.weir.cli.rule;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir rules}: the group of commands about rules. */
@Command(
        name = "rules",
        description = "Apply, list, delete and check rules.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir rules COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = {
            ApplyRulesCommand.class,
            ListRulesCommand.class,
            DeleteRulesCommand.class,
            CheckRulesCommand.class
        })
public final class RulesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "rules: expected one of apply, list, delete, check");
    }
}
