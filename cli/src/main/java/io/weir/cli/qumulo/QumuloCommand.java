package io.weir.cli.qumulo;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentCore;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.publish.KafkaOutlet;
import io.weir.agent.qumulo.CheckReport;
import io.weir.agent.qumulo.CheckReport.Level;
import io.weir.agent.qumulo.QumuloConfig;
import io.weir.agent.qumulo.QumuloConnector;
import io.weir.agent.qumulo.QumuloSource;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.StopRequest;
import io.weir.cli.Version;
import io.weir.cli.capture.AgentOptions;
import io.weir.cli.capture.AgentRun;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.HostName;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir qumulo}. */
@Command(
        name = "qumulo",
        description = {
            "Publish what happens on a Qumulo cluster to Kafka, by its Change Notify API.",
            "After each break it tells what it missed, by comparing snapshots (see docs/qumulo.md)."
        },
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
public final class QumuloCommand implements Callable<Integer> {
    private static final String DEFAULT_DATA = ".weir-qumulo";

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private QumuloOptions qumulo = new QumuloOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            order = 40,
            description = "Where the agent keeps its spool and what it has told (default: " + DEFAULT_DATA + ").")
    private Path data = Path.of(DEFAULT_DATA);

    @Option(
            names = "--id",
            paramLabel = "ID",
            order = 41,
            description = "The agent's id, part of each event's id (default: qumulo- and the volume).")
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

    public QumuloCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        ClaimSettings claim = options.claim();
        CommandOutput output = CommandOutput.of(spec);
        QumuloConfig config = qumulo.config(context);
        String agentId = id == null ? "qumulo-" + config.volume() : id;
        AgentConfig agent = options.over(
                AgentConfig.of(agentId, HostName.local(), context.resolve(data)).withVersion(Version.number()));
        KafkaConnection connection = cluster.require();
        requireReady(config, output);
        StopRequest stop = context.stop();
        try (Monitor monitor = Monitor.start(metrics, "agent");
                RulesInterest interest = new RulesInterest(connection, config.volume());
                Heartbeats heartbeats = new Heartbeats(connection)) {
            while (!stop.isRequested()) {
                QumuloSource source = open(config, agentId, interest);
                try (AgentCore core =
                        AgentCore.open(agent, source, new KafkaOutlet(connection, agentId), claim, heartbeats)) {
                    monitor.watchAgent(core::status);
                    new AgentRun(output, stop, claim).run(core, agentId);
                }
            }
        }
        return ExitCode.OK;
    }

    /** What is wrong from the beginning is told at once, rather than tried for ever. */
    private static void requireReady(QumuloConfig config, CommandOutput output) {
        CheckReport report = new QumuloConnector(config).check();
        for (CheckReport.Finding finding : report.findings()) {
            if (finding.level() == Level.WARNING) {
                output.note("warning: " + finding.subject() + ": " + finding.text());
            } else if (finding.level() == Level.FAILED) {
                throw new CommandException(finding.subject() + ": " + finding.text());
            }
        }
    }

    private static QumuloSource open(QumuloConfig config, String agentId, RulesInterest interest) {
        try {
            return QumuloSource.open(config, agentId, interest);
        } catch (QumuloException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
