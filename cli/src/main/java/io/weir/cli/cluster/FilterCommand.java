package io.weir.cli.cluster;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.Failures;
import io.weir.cli.StopRequest;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.schemas.connect.KafkaConnection;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir filter}. */
@Command(
        name = "filter",
        description = "Judge events by the rules, and request actions. Several may run; they share the partitions.",
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
public final class FilterCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the filter keeps what identifies it (default: .weir-filter).")
    private Path data = Path.of(".weir-filter");

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "Tells this filter from others; the same over restarts (default: from host and data directory).")
    private @Nullable String id;

    @Option(
            names = "--threads",
            paramLabel = "COUNT",
            defaultValue = "1",
            description = "Partitions judged at the same time (default: 1).")
    private int threads;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MetricsOptions metrics;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ClusterOptions cluster;

    public FilterCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = cluster.require();
        FilterConfig config = FilterConfig.of(connection, context.resolve(data)).withThreads(threads);
        FilterConfig named = id == null ? config : config.withId(id);
        Reachability.require(connection, Reachability.WAIT);
        CommandOutput output = CommandOutput.of(spec);
        StopRequest stop = context.stop();
        try (Monitor monitor = Monitor.start(metrics, "filter");
                FilterApplication filter = new FilterApplication(named)) {
            monitor.watch(filter);
            var unused = filter.stopped().whenComplete((none, failure) -> {
                if (failure != null) {
                    stop.fail(new CommandException("the filter has failed: " + Failures.describe(failure), failure));
                }
            });
            filter.start();
            output.note("filter " + named.id() + " runs");
            stop.await();
        }
        return ExitCode.OK;
    }
}
