package io.weir.cli.letter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir dead-letters}: the group of commands about what could not be carried out. */
@Command(
        name = "dead-letters",
        description = "Show, retry and discard what could not be carried out.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir dead-letters COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = {
            ListLettersCommand.class,
            ShowLetterCommand.class,
            RetryLettersCommand.class,
            DiscardLettersCommand.class
        })
public final class DeadLettersCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "dead-letters: expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
