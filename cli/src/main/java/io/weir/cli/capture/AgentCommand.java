package io.weir.cli.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.inotify.InotifyAgent;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.publish.KafkaOutlet;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.StopRequest;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.HostName;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.VolumeName;
import java.io.IOException;
import java.nio.file.Path;
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

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AgentOptions options;

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
        ClaimSettings claim = options.claim();
        CommandOutput output = CommandOutput.of(spec);
        InotifyAgentConfig config =
                capture.over(options.over(AgentConfig.of(agentId, host, context.resolve(data))), output::note);
        KafkaConnection connection = cluster.require();
        StopRequest stop = context.stop();
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
