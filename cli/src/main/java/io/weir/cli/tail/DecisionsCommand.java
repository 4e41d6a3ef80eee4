package io.weir.cli.tail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir decisions}: a group of commands. */
@Command(
        name = "decisions",
        description = "Look at what was concluded about events.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir decisions COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = TailDecisionsCommand.class)
public final class DecisionsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "decisions: expected a command: tail");
    }
}
