package io.weir.cli.up;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.Failures;
import io.weir.cli.Logs;
import io.weir.cli.capture.PollOptions;
import io.weir.cli.cluster.WorkerFile;
import io.weir.cli.instance.ClusterOptions;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.DataDirectory;
import io.weir.cli.lines.LinePrinter;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.worker.settings.WorkerSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir up}. */
@Command(
        name = "up",
        description = {
            "Run everything in one process: broker, registry, agent, filter and worker.",
            "Without options it makes ./inbox, watches it with all below, and starts with the rules of"
                    + " examples/rules.yaml. Ctrl+C stops; the next start goes on where this one ended."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
public final class UpCommand implements Callable<Integer> {
    private static final String INBOX = "inbox";

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-w", "--watch"},
            paramLabel = "DIR[=VOLUME]",
            description =
                    "Watch a directory, as a volume of this name (default: named after the directory). Repeatable.")
    private List<String> watch = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "Also watch all directories below.")
    private boolean recursive;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Put the rules of this file in force, besides those that are.")
    private @Nullable Path rules;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where all state is kept (default: ./" + ConnectionOptions.DEFAULT_DATA + ").")
    private Path data = Path.of(ConnectionOptions.DEFAULT_DATA);

    @Option(
            names = "--worker-config",
            paramLabel = "FILE",
            description = "What the worker allows: action types, mode bits, programs (see docs/actions.md).")
    private @Nullable Path workerConfig;

    @Mixin
    private PollOptions poll = new PollOptions();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MetricsOptions metrics;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ClusterOptions cluster;

    public UpCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        CommandOutput output = CommandOutput.of(spec);
        UpPlan plan = plan();
        LinePrinter lines = new LinePrinter(json, output.out(), context.stop());
        try (DataDirectory directory = DataDirectory.lock(plan.data())) {
            Closeable log = Logs.toFile(directory.path().resolve("weir.log"));
            try (log) {
                try (Monitor monitor = Monitor.start(metrics, "agent", "filter", "worker")) {
                    Instance.run(plan, directory, lines, output, context.stop(), monitor);
                }
            }
        }
        return ExitCode.OK;
    }

    private UpPlan plan() {
        Optional<KafkaConnection> connection = cluster.named();
        Path dataDirectory = context.resolve(data);
        if (!watch.isEmpty()) {
            List<WatchedDirectory> directories = watch.stream()
                    .map(text -> WatchedDirectory.parse(text, recursive, context))
                    .toList();
            return new UpPlan(
                    directories, namedRules(), dataDirectory, connection, workerSettings(), poll.polling(context));
        }
        Optional<UpPlan.StartRules> named = namedRules();
        // A cluster's rules belong to all who use it; only an instance of one's own starts with examples.
        Optional<UpPlan.StartRules> start =
                named.isPresent() || connection.isPresent() ? named : Optional.of(exampleRules());
        return new UpPlan(List.of(inbox()), start, dataDirectory, connection, workerSettings(), poll.polling(context));
    }

    private WorkerSettings workerSettings() {
        return workerConfig == null
                ? WorkerSettings.defaults()
                : WorkerFile.read(context.resolve(workerConfig), workerConfig);
    }

    private Optional<UpPlan.StartRules> namedRules() {
        return Optional.ofNullable(rules).map(file -> UpPlan.StartRules.named(context.resolve(file), file));
    }

    private UpPlan.StartRules exampleRules() {
        Path file = context.installation().resolve("examples").resolve("rules.yaml");
        return UpPlan.StartRules.initial(file, file);
    }

    private WatchedDirectory inbox() {
        try {
            Files.createDirectories(context.resolve(Path.of(INBOX)));
        } catch (IOException e) {
            throw new CommandException(
                    "cannot make ./" + INBOX + ": " + Failures.describe(e)
                            + "; name a directory with --watch, or go to one that can be written to",
                    e);
        }
        return WatchedDirectory.parse(INBOX, true, context);
    }
}
