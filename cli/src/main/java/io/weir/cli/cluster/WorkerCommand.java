package io.weir.cli.cluster;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.capture.AgentCommand;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.HostName;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.LinePrinter;
import io.weir.cli.lines.RecordLines;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeName;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.WorkerVolume;
import io.weir.worker.delivery.DryRunReports;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "Carry out actions on the files of volumes that are mounted here, or lie on Qumulo clusters.",
            "For mounted volumes it runs on the host of their agents, since both use an agent's marks directory."
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
            paramLabel = "NAME=DIR|URL",
            description =
                    "A volume to serve, and where it is mounted or the https://HOST:8000 of its Qumulo cluster (more of"
                            + " that in the settings: 'volumes'). Repeatable; without any, only actions that need no"
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
            paramLabel = "[NAME=]DIR",
            description = "Data directory of the agent of mounted volumes, for the marks (default: "
                    + AgentCommand.DEFAULT_DATA
                    + "). Repeatable: with a volume's name, that of the agent of this volume alone.")
    private List<String> agentData = new ArrayList<>();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Tells this worker from others; the same over restarts (default: the host's name).")
    private @Nullable String id;

    @Option(
            names = "--dry-run",
            description =
                    "Print what would be done of what is asked for from now on, and do nothing; beside the workers that do"
                            + " it.")
    private boolean dryRun;

    @Option(names = "--json", description = "With --dry-run: print one JSON object a line.")
    private boolean json;

    @Option(names = "--show-policy", description = "Print what the worker allows and which line says so, and end.")
    private boolean showPolicy;

    @Mixin
    private QumuloAccessOptions access = new QumuloAccessOptions();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MetricsOptions metrics;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ClusterOptions cluster;

    public WorkerCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandOutput output = CommandOutput.of(spec);
        WorkerSettings settings =
                config == null ? WorkerSettings.defaults() : WorkerFile.read(context.resolve(config), config);
        if (showPolicy) {
            settings.inWords().forEach(output::line);
            return ExitCode.OK;
        }
        ServedVolumes served = ServedVolumes.of(volumes, access, settings, context);
        KafkaConnection connection = cluster.require();
        Reachability.require(
                connection,
                Reachability.WAIT,
                Topics.ACTIONS,
                Topics.DIGESTS,
                Topics.ACTION_RESULTS,
                Topics.QUARANTINE,
                Topics.CONTROL);
        if (dryRun) {
            dryRun(connection, settings, served, output);
            return ExitCode.OK;
        }
        AgentData agents = AgentData.parse(agentData, served.mountedNames(), context);
        WorkerConfig worker = workerConfig(connection, settings, context.resolve(data), served.all(agents::marks));
        try (Monitor monitor = Monitor.start(metrics, "worker");
                WorkerApplication application = new WorkerApplication(worker)) {
            monitor.watch(application);
            application.start();
            output.note("worker " + worker.id() + " runs");
            watch(application);
        }
        return ExitCode.OK;
    }

    private void watch(WorkerApplication application) throws InterruptedException {
        while (!context.stop().await(LOOK)) {
            application.failure().ifPresent(cause -> {
                throw new CommandException("the worker has failed: " + cause);
            });
        }
    }

    private void dryRun(KafkaConnection connection, WorkerSettings settings, ServedVolumes served, CommandOutput output)
            throws IOException, InterruptedException {
        LinePrinter lines = new LinePrinter(json, output.out(), context.stop());
        var reports = new DryRunReports(result -> lines.accept(RecordLines.of(result, Optional.empty())), output::note);
        Path scratch = Files.createTempDirectory("weir-dry-run-");
        WorkerConfig worker =
                workerConfig(connection, settings, scratch, served.all(scratch.resolve("marks")::resolve));
        try (WorkerApplication application = WorkerApplication.dryRun(worker, reports)) {
            application.start();
            output.note("worker " + worker.id() + " tells what it would do of what is asked for from now on, and does"
                    + " nothing");
            watch(application);
        } finally {
            delete(scratch);
        }
    }

    private static void delete(Path scratch) throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private WorkerConfig workerConfig(
            KafkaConnection connection, WorkerSettings settings, Path directory, List<WorkerVolume> served) {
        String host = HostName.local();
        return new WorkerConfig(id == null ? VolumeName.from(host) : id, host, directory, served, connection, settings);
    }
}
