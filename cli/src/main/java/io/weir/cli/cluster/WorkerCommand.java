package io.weir.cli.cluster;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.StopRequest;
import io.weir.cli.capture.AgentCommand;
import io.weir.cli.capture.VolumeMap;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.HostName;
import io.weir.cli.instance.Reachability;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeName;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir worker}. */
@Command(
        name = "worker",
        description = {
            "Carry out actions on the files of volumes that are mounted here.",
            "It runs on the host of the volumes' agent, since both use the agent's marks directory."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
public final class WorkerCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--volume",
            paramLabel = "NAME=DIR",
            description =
                    "A volume to serve and where it is mounted. Repeatable; without any, only actions that need no"
                            + " files are taken.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "What the worker allows: action types, mode bits, programs (see docs/actions.md).")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the worker keeps its ledger (default: .weir-worker).")
    private Path data = Path.of(".weir-worker");

    @Option(
            names = "--agent-data",
            paramLabel = "DIR",
            description =
                    "Data directory of the volumes' agent, for the marks (default: " + AgentCommand.DEFAULT_DATA + ").")
    private Path agentData = Path.of(AgentCommand.DEFAULT_DATA);

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Tells this worker from others; the same over restarts (default: the host's name).")
    private @Nullable String id;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ClusterOptions cluster;

    public WorkerCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        WorkerConfig worker = workerConfig();
        Reachability.require(
                worker.connection(), Reachability.WAIT, Topics.ACTIONS, Topics.DIGESTS, Topics.ACTION_RESULTS);
        CommandOutput output = CommandOutput.of(spec);
        StopRequest stop = context.stop();
        try (WorkerApplication application = new WorkerApplication(worker)) {
            application.start();
            output.note("worker " + worker.id() + " runs");
            while (!stop.await(LOOK)) {
                application.failure().ifPresent(cause -> {
                    throw new CommandException("the worker has failed: " + cause);
                });
            }
        }
        return ExitCode.OK;
    }

    private WorkerConfig workerConfig() {
        String host = HostName.local();
        Path marks = context.resolve(agentData).resolve("marks");
        List<VolumeMount> mounts = VolumeMap.parse(volumes, host, context).volumes().stream()
                .map(volume -> new VolumeMount(volume.name(), volume.directory(), marks.resolve(volume.name())))
                .toList();
        WorkerSettings settings =
                config == null ? WorkerSettings.defaults() : WorkerFile.read(context.resolve(config), config);
        KafkaConnection connection = cluster.require();
        return new WorkerConfig(
                id == null ? VolumeName.from(host) : id, host, context.resolve(data), mounts, connection, settings);
    }
}
