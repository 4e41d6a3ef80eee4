package io.weir.cli.cluster;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Durations;
import io.weir.cli.instance.Reachability;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir topics create}. */
@Command(
        name = "create",
        description = {
            "Make the topics and register the schemas that are missing, and check those that are there.",
            "Running it again changes nothing."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
final class CreateTopicsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--partitions",
            paramLabel = "COUNT",
            defaultValue = "48",
            description = "Partitions of the topics that grow with the events; fixed for life (default: 48).")
    private int partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "Copies of each record (default: 3).")
    private int replicationFactor;

    @Option(
            names = "--audit-window",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "30d",
            description = "How long events, requests, results and decisions are kept (default: 30d).")
    private Duration auditWindow = Duration.ofDays(30);

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        TopicSettings settings = TopicSettings.cluster()
                .withPartitions(partitions)
                .withReplicationFactor(replicationFactor)
                .withAuditWindow(auditWindow);
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT);
        CommandOutput output = CommandOutput.of(spec);
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            List<String> made = topics.create(settings);
            made.forEach(what -> output.line(what + " created"));
            if (made.isEmpty()) {
                output.note("all topics and schemas are there already");
            }
        }
        return ExitCode.OK;
    }
}
