package io.weir.cli.cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir volume}: the group of commands about volumes. */
@Command(
        name = "volume",
        description = "Register volumes.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir volume COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = AddVolumeCommand.class)
public final class VolumeCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "volume: expected add");
    }
}
