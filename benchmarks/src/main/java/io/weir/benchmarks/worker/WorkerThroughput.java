package io.weir.benchmarks.worker;

import io.weir.benchmarks.ProcessorTime;
import io.weir.benchmarks.WorkDirectory;
import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.VolumeRegistry;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerApplication;
import io.weir.worker.WorkerConfig;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Actions a second, marks, ledger and results included. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many requests that wait in Kafka workers carry out in a second, on real files, with marks, ledger and"
                    + " results; broker, registry and workers share one process.",
            "The rate is that of the middle eight tenths, when all workers have their partitions."
        })
public final class WorkerThroughput implements Callable<Integer> {
    private static final String VOLUME = "bench";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Map<String, Map<String, Object>> ACTIONS = Map.of(
            "rename", Map.of("to", "{event.path}-done"),
            "chmod", Map.of("mode", "0604"),
            "quarantine", Map.of("to", "/.quarantine"));

    @Option(
            names = "--action",
            defaultValue = "rename,chmod,quarantine",
            split = ",",
            description = "Which (default: ${DEFAULT-VALUE}).")
    private List<String> actions = new ArrayList<>();

    @Option(names = "--requests", defaultValue = "20000", description = "Of each run (default: ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--workers",
            defaultValue = "1",
            split = ",",
            description = "How many workers; several numbers for several measurements (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers = new ArrayList<>();

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "How many, after one that warms up (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Mixin
    private WorkDirectory directory = new WorkDirectory();

    @Override
    public Integer call() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%d processors; JDK %s; Linux %s%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                System.getProperty("os.version"));
        for (int run = 0; run <= runs; run++) {
            for (String action : actions) {
                for (int count : workers) {
                    measure(action, count, run == 0 ? "warm-up" : "run " + run);
                }
            }
        }
        return 0;
    }

    private void measure(String action, int count, String name) throws Exception {
        try (WorkDirectory.Made made = directory.make();
                EmbeddedBroker broker = EmbeddedBroker.start(made.path().resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), registry.url());
            try (TopicAdmin admin = new TopicAdmin(connection)) {
                admin.create(TopicSettings.embedded());
            }
            VolumeRegistry.register(connection, VOLUME, "mounted", "bench");
            Path root = Files.createDirectory(made.path().resolve("root"));
            WaitingRequests.write(connection, VOLUME, root, action, ACTIONS.getOrDefault(action, Map.of()), requests);
            List<WorkerApplication> running = new ArrayList<>();
            try {
                for (int i = 1; i <= count; i++) {
                    running.add(worker(connection, made.path(), root, "w" + i));
                }
                System.out.printf(Locale.ROOT, "%s, %s, %d workers: %s%n", name, action, count, watch(running));
            } finally {
                running.forEach(WorkerApplication::close);
            }
        }
    }

    private static WorkerApplication worker(KafkaConnection connection, Path base, Path root, String id)
            throws Exception {
        var mount = new VolumeMount(VOLUME, root, base.resolve("marks"));
        var worker = new WorkerApplication(
                new WorkerConfig(id, "bench", base.resolve(id), List.of(mount), connection, WorkerSettings.defaults()));
        worker.start();
        return worker;
    }

    private String watch(List<WorkerApplication> running) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long begun = 0;
        double cpuBegun = 0;
        while (done(running) < requests * 9L / 10) {
            if (begun == 0 && done(running) >= requests / 10) {
                begun = System.nanoTime();
                cpuBegun = ProcessorTime.seconds(ProcessHandle.current().pid());
            }
            if (System.nanoTime() > deadline) {
                return "only " + done(running) + " of " + requests + " within " + LIMIT;
            }
            Thread.sleep(2);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double cpu = ProcessorTime.seconds(ProcessHandle.current().pid()) - cpuBegun;
        double counted = requests * 0.8;
        return String.format(
                Locale.ROOT, "%.0f actions/s, %.0f µs of processor time each", counted / seconds, cpu / counted * 1e6);
    }

    private static long done(List<WorkerApplication> running) {
        return running.stream()
                .mapToLong(worker -> worker.figures().getOrDefault("actions_done", 0L))
                .sum();
    }
}
