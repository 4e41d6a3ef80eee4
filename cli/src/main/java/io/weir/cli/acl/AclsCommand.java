package io.weir.cli.acl;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir acls}: the group of commands about rights. */
@Command(
        name = "acls",
        description = "Show, give and check the rights in Kafka that each part needs (see docs/security.md).",
        synopsisHeading = "Usage: ",
        customSynopsis = "weir acls COMMAND [OPTIONS]",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        subcommands = {PrintAclsCommand.class, ApplyAclsCommand.class, CheckAclsCommand.class})
public final class AclsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "acls: expected print, apply or check");
    }
}
