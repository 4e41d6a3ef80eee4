package io.weir.cli.acl;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir acls check}. */
@Command(
        name = "check",
        description = {
            "Compare the rights that a user has with those of a role: what is missing, what is more than needed.",
            "Also tells who may write rules, requests and stops. The exit code is 3 if rights are missing or too many."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class CheckAclsCommand implements Callable<Integer> {
    private static final List<String> POWERFUL = List.of(Topics.RULES, Topics.ACTIONS, Topics.CONTROL);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RoleOptions role;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        Set<AclBinding> wanted = new HashSet<>(role.bindings());
        KafkaConnection connection = connections.resolve();
        CommandOutput output = CommandOutput.of(spec);
        Set<AclBinding> there;
        try (ClusterAcls cluster = new ClusterAcls(connection)) {
            there = cluster.all();
        }
        String principal = role.principal();
        List<AclBinding> missing = AclText.sorted(
                wanted.stream().filter(acl -> !there.contains(acl)).toList());
        List<AclBinding> more = AclText.sorted(there.stream()
                .filter(acl -> acl.entry().principal().equals(principal) && isAllowed(acl) && !wanted.contains(acl))
                .toList());
        missing.forEach(acl -> output.line("missing: " + AclText.line(acl)));
        more.forEach(acl -> output.line("more than needed: " + AclText.line(acl)));
        for (String topic : POWERFUL) {
            output.note("may write " + topic + ": " + writers(there, topic));
        }
        if (missing.isEmpty() && more.isEmpty()) {
            output.note(principal + " has just the rights of the role "
                    + role.role().word());
            return ExitCode.OK;
        }
        return ExitCode.DIFFERENCES;
    }

    /** Super users are not told: brokers do not name them. */
    private static String writers(Set<AclBinding> acls, String topic) {
        Set<String> writers = new TreeSet<>();
        for (AclBinding acl : acls) {
            AclOperation operation = acl.entry().operation();
            if (isAllowed(acl)
                    && covers(acl.pattern(), topic)
                    && (operation == AclOperation.WRITE || operation == AclOperation.ALL)) {
                writers.add(acl.entry().principal());
            }
        }
        return (writers.isEmpty() ? "nobody" : String.join(", ", writers)) + ", and the brokers' super users";
    }

    private static boolean covers(ResourcePattern pattern, String topic) {
        if (pattern.resourceType() != ResourceType.TOPIC) {
            return false;
        }
        return pattern.patternType() == PatternType.PREFIXED
                ? topic.startsWith(pattern.name())
                : pattern.name().equals(topic) || pattern.name().equals(ResourcePattern.WILDCARD_RESOURCE);
    }

    private static boolean isAllowed(AclBinding acl) {
        return acl.entry().permissionType() == AclPermissionType.ALLOW;
    }
}
