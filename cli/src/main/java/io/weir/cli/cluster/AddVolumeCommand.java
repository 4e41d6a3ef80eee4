package io.weir.cli.cluster;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeName;
import io.weir.schemas.topic.VolumeRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir volume add}. */
@Command(
        name = "add",
        description = "Register a volume: make the topic of its actions, and let the filter route to it.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
final class AddVolumeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Kind {
        MOUNTED,
        QUMULO
    }

    @Parameters(paramLabel = "NAME", description = "The volume's name: a-z, 0-9 and '-', at most 63.")
    @SuppressWarnings("NullAway.Init") // required
    private String name;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "mounted",
            description = "mounted (default) or qumulo.")
    private Kind kind = Kind.MOUNTED;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        try {
            VolumeName.requireValid(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.VOLUMES, Topics.ACTIONS);
        VolumeRegistry.register(
                connection,
                name,
                kind == Kind.QUMULO ? "qumulo" : "mounted",
                System.getProperty("user.name", "unknown"));
        CommandOutput.of(spec).line("volume/" + name + " registered");
        return ExitCode.OK;
    }
}
