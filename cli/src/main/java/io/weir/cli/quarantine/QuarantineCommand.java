package io.weir.cli.quarantine;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir quarantine}: the group of commands about files in quarantine. */
@Command(
        name = "quarantine",
        description = "Show, restore and purge files in quarantine.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir quarantine COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = {
            ListQuarantineCommand.class,
            ShowQuarantineCommand.class,
            RestoreCommand.class,
            PurgeCommand.class
        })
public final class QuarantineCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "quarantine: expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
