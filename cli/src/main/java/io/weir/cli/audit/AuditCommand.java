package io.weir.cli.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir audit}: the group of commands about what is recorded. */
@Command(
        name = "audit",
        description = "Prove that recorded decisions are right.",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir audit COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = VerifyCommand.class)
public final class AuditCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "audit: expected one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
