package io.weir.cli.acl;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.schemas.connect.KafkaConnection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir acls apply}. */
@Command(
        name = "apply",
        description = {
            "Give the rights of a role that are missing. Takes none away.",
            "Needs the right to alter the cluster."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class ApplyAclsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RoleOptions role;

    @Option(
            names = "--dry-run",
            order = 6,
            description = "Only show what would be given; the exit code is 3 if anything would.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        List<AclBinding> wanted = role.bindings();
        KafkaConnection connection = connections.resolve();
        CommandOutput output = CommandOutput.of(spec);
        try (ClusterAcls cluster = new ClusterAcls(connection)) {
            Set<AclBinding> there = cluster.all();
            List<AclBinding> missing =
                    wanted.stream().filter(acl -> !there.contains(acl)).toList();
            if (!dryRun) {
                cluster.give(missing);
            }
            missing.forEach(acl -> output.line(AclText.line(acl) + (dryRun ? " (dry run)" : " given")));
            if (missing.isEmpty()) {
                output.note(role.principal() + " has all rights of the role "
                        + role.role().word() + " already");
            }
            return dryRun && !missing.isEmpty() ? ExitCode.DIFFERENCES : ExitCode.OK;
        }
    }
}
