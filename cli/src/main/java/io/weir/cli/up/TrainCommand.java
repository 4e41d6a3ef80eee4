package io.weir.cli.up;

import io.weir.agent.inotify.Polling;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.StopRequest;
import io.weir.cli.capture.CaptureTraining;
import io.weir.cli.instance.DataDirectory;
import io.weir.cli.lines.Line;
import io.weir.cli.metrics.MetricsOptions;
import io.weir.cli.metrics.Monitor;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The launcher's training run: the whole chain once, or only what captures events, in a directory of its own, so that the JVM
 * can archive the classes that a start needs. Not for users.
 */
@Command(name = "train", hidden = true, description = "Run everything once, for the launcher's class-data archive.")
public final class TrainCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--native", required = true, description = "Where native libraries go.")
    @SuppressWarnings("NullAway.Init") // required
    private Path nativeDirectory;

    @Option(names = "--capture", description = "Only what 'weir watch' and 'weir agent' need.")
    private boolean capture;

    public TrainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NativeLibraries.unpack(nativeDirectory);
        Path directory = Files.createTempDirectory("weir-train-");
        try {
            if (capture) {
                CaptureTraining.run(directory, LIMIT);
            } else {
                run(directory);
            }
        } finally {
            delete(directory);
        }
        return ExitCode.OK;
    }

    private void run(Path directory) throws IOException, InterruptedException {
        Path inbox = Files.createDirectory(directory.resolve("inbox"));
        Path rules = context.installation().resolve("examples").resolve("rules.yaml");
        UpPlan plan = new UpPlan(
                List.of(new WatchedDirectory("inbox", inbox.toRealPath(), true)),
                Optional.of(UpPlan.StartRules.initial(rules, rules)),
                directory.resolve("data"),
                Optional.empty(),
                WorkerSettings.defaults(),
                Polling.NONE);
        CountDownLatch ready = new CountDownLatch(1);
        CountDownLatch acted = new CountDownLatch(1);
        StopRequest stop = new StopRequest();
        Consumer<Line> lines = line -> {
            if (line instanceof Line.Ready) {
                ready.countDown();
            } else if (line instanceof Line.Action) {
                acted.countDown();
            }
        };
        Thread user = new Thread(() -> {
            try {
                if (ready.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    Files.writeString(inbox.resolve("training.zip"), "training");
                    acted.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
                }
            } catch (InterruptedException | IOException e) {
                stop.fail(e);
            } finally {
                stop.request();
            }
        });
        user.setDaemon(true);
        user.start();
        try (DataDirectory data = DataDirectory.lock(plan.data())) {
            Instance.run(plan, data, lines, CommandOutput.of(spec), stop, Monitor.start(new MetricsOptions()));
        }
        if (acted.getCount() > 0) {
            throw new CommandException("the training run saw no action within " + LIMIT.toSeconds() + " s");
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
