package io.weir.cli.acl;

import io.weir.cli.CommandException;
import io.weir.schemas.acl.Role;
import io.weir.schemas.topic.VolumeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Which role, and who has it. */
final class RoleOptions {
    static final class Roles implements ITypeConverter<Role> {
        @Override
        public Role convert(String word) {
            return Stream.of(Role.values())
                    .filter(role -> role.word().equals(word.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is no role; expected "
                            + Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", "))));
        }
    }

    @Parameters(
            paramLabel = "ROLE",
            converter = Roles.class,
            description = "agent, qumulo, filter, worker, rule-author, operator, reader or admin.")
    @SuppressWarnings("NullAway.Init") // required
    private Role role;

    @Option(
            names = "--principal",
            paramLabel = "TYPE:NAME",
            order = 1,
            description = "Who has the role, as the brokers name it (default: User:weir-ROLE).")
    private @Nullable String principal;

    @Option(
            names = "--volume",
            paramLabel = "NAME",
            order = 2,
            description = "A volume that the worker serves. Repeatable; of the role worker alone.")
    private List<String> volumes = new ArrayList<>();

    Role role() {
        return role;
    }

    /** @throws CommandException if it is not of Kafka's form */
    String principal() {
        String name = principal == null ? "User:weir-" + role.word() : principal;
        if (name.indexOf(':') < 1 || name.endsWith(":")) {
            throw new CommandException("--principal '" + name + "': expected TYPE:NAME, such as User:weir-agent");
        }
        return name;
    }

    /**
     * All the rights of the role.
     *
     * @throws CommandException if volumes are named for another role than worker, or a name is none
     */
    List<AclBinding> bindings() {
        if (!volumes.isEmpty() && role != Role.WORKER) {
            throw new CommandException("--volume: only workers have rights by volume; the role " + role.word()
                    + " has none, and sees all volumes");
        }
        try {
            volumes.forEach(VolumeName::requireValid);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--volume: " + e.getMessage(), e);
        }
        return role.bindings(principal(), volumes);
    }
}
