package io.weir.cli.acl;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir acls print}. */
@Command(
        name = "print",
        description = "Show the rights that a role needs. Asks no cluster.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class PrintAclsCommand implements Callable<Integer> {
    private enum Form {
        TEXT,
        JSON,
        COMMANDS
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RoleOptions role;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 6,
            defaultValue = "text",
            description = "text, json (one object a line), or commands (calls of Kafka's kafka-acls.sh).")
    private Form form = Form.TEXT;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        List<AclBinding> acls = role.bindings();
        switch (form) {
            case TEXT -> {
                output.note("role " + role.role().word() + ": " + role.role().commands());
                acls.forEach(acl -> output.line(AclText.line(acl)));
            }
            case JSON -> acls.forEach(acl -> output.line(AclText.json(acl).text()));
            case COMMANDS -> AclText.commands(acls).forEach(output::line);
        }
        return ExitCode.OK;
    }
}
