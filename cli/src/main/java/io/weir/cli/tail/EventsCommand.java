package io.weir.cli.tail;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir events}: a group of commands. */
@Command(
        name = "events",
        description = "Look at what happened to files.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir events COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = TailEventsCommand.class)
public final class EventsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "events: expected a command: tail");
    }
}
