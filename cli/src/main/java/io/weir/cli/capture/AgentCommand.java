package io.weir.cli.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.inotify.InotifyAgent;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.publish.KafkaOutlet;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.StopRequest;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.Durations;
import io.weir.cli.instance.HostName;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.VolumeName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir agent}. */
@Command(
        name = "agent",
        description = {
            "Publish what happens in directories to Kafka.",
            "What it has seen is kept in its data directory until Kafka has it, over restarts and outages."
        },
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
public final class AgentCommand implements Callable<Integer> {
    /** The agent's data directory if none is named. */
    public static final String DEFAULT_DATA = ".weir-agent";

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CaptureOptions capture;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            order = 40,
            description = "Where the agent keeps spool, baseline and marks (default: " + DEFAULT_DATA + ").")
    private Path data = Path.of(DEFAULT_DATA);

    @Option(
            names = "--id",
            paramLabel = "ID",
            order = 41,
            description = "The agent's id, part of each event's id (default: the host's name).")
    private @Nullable String id;

    @Option(
            names = "--spool-limit",
            paramLabel = "MIB",
            defaultValue = "1024",
            order = 42,
            description =
                    "How many MiB of events may wait while Kafka is away, at least 1 (default: 1024). Beyond it the"
                            + " agent waits, and compares the tree once there is room.")
    private int spoolMebibytes;

    @Option(
            names = "--standby",
            order = 43,
            description =
                    "Where another agent is of record for these files, wait, and take over when it stops or dies.")
    private boolean standby;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "15s",
            order = 44,
            description =
                    "How long after its last sign of life a dead agent is of record still, at least 3s (default: 15s); it"
                            + " gives three in that time.")
    private Duration lease = Duration.ofSeconds(15);

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MetricsOptions metrics;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ClusterOptions cluster;

    public AgentCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        String host = HostName.local();
        String agentId = id == null ? VolumeName.from(host) : id;
        if (spoolMebibytes < 1) {
            throw new CommandException("--spool-limit " + spoolMebibytes + ": expected MiB, at least 1");
        }
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new CommandException("--lease " + lease.toMillis() + "ms: expected at least 3s");
        }
        CommandOutput output = CommandOutput.of(spec);
        InotifyAgentConfig config = capture.over(
                AgentConfig.of(agentId, host, context.resolve(data)).withSpoolBytes((long) spoolMebibytes << 20),
                output::note);
        KafkaConnection connection = cluster.require();
        StopRequest stop = context.stop();
        ClaimSettings claim = ClaimSettings.refused().withStandby(standby).withLease(lease);
        try (Monitor monitor = Monitor.start(metrics, "agent")) {
            while (!stop.isRequested()) {
                AgentRun run = new AgentRun(output, stop, claim);
                try (InotifyAgent agent = InotifyAgent.open(config, new KafkaOutlet(connection, agentId), claim)) {
                    monitor.watchAgent(agent::status);
                    run.run(agent.core(), agentId);
                }
            }
        }
        return ExitCode.OK;
    }
}
