package io.weir.cli.up;

import io.weir.agent.inotify.InotifyAgent;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.Failures;
import io.weir.cli.StopRequest;
import io.weir.cli.instance.DataDirectory;
import io.weir.cli.instance.InstanceFile;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.TopicTail;
import io.weir.cli.metrics.Monitor;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.cli.rule.publish.RulesAtStart;
import io.weir.filter.FilterApplication;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.VolumeRegistry;
import io.weir.worker.WorkerApplication;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A running {@code weir up}: starts the parts, waits, stops them. Belongs to one thread. */
final class Instance {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final UpPlan plan;
    private final DataDirectory data;
    private final Consumer<Line> lines;
    private final CommandOutput output;
    private final StopRequest stop;
    private final Monitor monitor;
    private final Parts parts = new Parts();

    private Instance(
            UpPlan plan,
            DataDirectory data,
            Consumer<Line> lines,
            CommandOutput output,
            StopRequest stop,
            Monitor monitor) {
        this.plan = plan;
        this.data = data;
        this.lines = lines;
        this.output = output;
        this.stop = stop;
        this.monitor = monitor;
    }

    /**
     * Runs until a stop is asked for.
     *
     * @param monitor is told of the parts
     * @throws CommandException if a part cannot be started, or fails for good
     */
    static void run(
            UpPlan plan,
            DataDirectory data,
            Consumer<Line> lines,
            CommandOutput output,
            StopRequest stop,
            Monitor monitor)
            throws InterruptedException, IOException {
        new Instance(plan, data, lines, output, stop, monitor).run();
    }

    private void run() throws InterruptedException, IOException {
        output.note("starting; data in " + data.path());
        try (parts) {
            start();
            stop.await();
            output.note("stopping");
        } finally {
            InstanceFile.delete(data.path());
        }
        output.note("stopped");
    }

    private void start() throws InterruptedException, IOException {
        InstanceFile.delete(data.path());
        KafkaConnection connection = plan.cluster().isPresent() ? plan.cluster().get() : embedded();
        if (stop.isRequested()) {
            return;
        }
        makeTopics(connection);
        TopicTail tail = parts.add("output", TopicTail.open(connection, lines));
        tail.start();
        String registry = connection.registryAddress();
        new InstanceFile(ProcessHandle.current().pid(), connection.bootstrapServers(), registry, data.path()).write();
        Parallel.run(() -> registerVolumes(connection), () -> applyRules(connection));
        if (stop.isRequested()) {
            return;
        }
        startComponents(connection);
        if (!stop.isRequested()) {
            lines.accept(new Line.Ready(plan.volumes(), connection.bootstrapServers(), registry));
        }
    }

    private KafkaConnection embedded() {
        EmbeddedKafka kafka = parts.add("broker and registry", EmbeddedKafka.start(data.directory("kafka")));
        return kafka.connection();
    }

    private void makeTopics(KafkaConnection connection) throws InterruptedException {
        TopicSettings settings = TopicSettings.embedded();
        if (plan.cluster().isPresent()) {
            int brokers = Reachability.require(connection, Reachability.WAIT);
            settings = settings.withReplicationFactor(Math.min(3, brokers));
        }
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            topics.create(settings);
        }
    }

    /** Before the filter starts: what it routes to a volume that is not registered would be a dead letter. */
    private void registerVolumes(KafkaConnection connection) {
        plan.volumes().forEach(volume -> VolumeRegistry.register(connection, volume, "mounted", "weir up"));
    }

    private void applyRules(KafkaConnection connection) {
        if (plan.rules().isEmpty()) {
            if (PublishedRules.read(connection).rules().isEmpty()) {
                output.note("no rules are in force; put some in force with 'weir rules apply -f FILE'");
            }
            return;
        }
        UpPlan.StartRules rules = plan.rules().get();
        if (rules.onlyIfNone()) {
            RulesAtStart.applyIfNew(connection, rules.file().rules());
            return;
        }
        List<String> others = RulesAtStart.apply(connection, rules.file().rules());
        if (!others.isEmpty()) {
            output.note("also in force, though not in " + rules.shown() + ": " + String.join(", ", others)
                    + " (see 'weir rules list' and 'weir rules delete')");
        }
    }

    private void startComponents(KafkaConnection connection) throws InterruptedException {
        Components components = new Components(plan, data, connection);
        InotifyAgent agent = components.agent();
        FilterApplication filter = components.filter();
        WorkerApplication worker = components.worker();
        parts.add("agent, filter and worker", () -> stopComponents(agent, filter, worker));
        monitor.watchAgent(agent::status);
        monitor.watch(filter);
        monitor.watch(worker);
        Parallel.run(agent::start, () -> start(filter), () -> start(worker));
        Health health = new Health(
                List.of(
                        new Health.Probe("agent", () -> agent.status().cause(), false),
                        new Health.Probe("agent", () -> refusal(agent), true),
                        new Health.Probe("filter", filter::fault, false),
                        new Health.Probe("filter", () -> failure(filter), true),
                        new Health.Probe("worker", worker::degradation, false),
                        new Health.Probe("worker", worker::failure, true)),
                lines,
                stop);
        parts.add("health", health);
        health.start();
    }

    private void start(FilterApplication filter) throws InterruptedException {
        filter.start();
        await("filter", () -> filter.isRunning() || failure(filter).isPresent());
        failure(filter).ifPresent(cause -> {
            throw new CommandException("the filter has failed: " + cause);
        });
    }

    private void start(WorkerApplication worker) throws InterruptedException, IOException {
        worker.start();
        await("worker", () -> {
            try {
                return worker.awaitRunning(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        });
    }

    /** Waits until a part runs, or a stop is asked for. */
    private void await(String part, BooleanSupplier runs) throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!runs.getAsBoolean() && !stop.await(LOOK_AGAIN)) {
            if (System.nanoTime() > deadline) {
                throw new CommandException("the " + part + " has not started within " + START_LIMIT.toSeconds()
                        + " s; see " + data.path().resolve("weir.log"));
            }
        }
    }

    /** Only with a cluster of others: in the embedded one there is no other agent. */
    private static Optional<String> refusal(InotifyAgent agent) {
        var lost = agent.standing().lost();
        return lost.isDone() ? Optional.ofNullable(lost.join().getMessage()) : Optional.empty();
    }

    private static Optional<String> failure(FilterApplication filter) {
        var stopped = filter.stopped().toCompletableFuture();
        if (!stopped.isCompletedExceptionally()) {
            return Optional.empty();
        }
        try {
            stopped.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(Failures.describe(e));
        }
    }

    /**
     * Filter and worker together, since each may take seconds; then the agent, which so still sees what the worker did last.
     */
    private static void stopComponents(InotifyAgent agent, FilterApplication filter, WorkerApplication worker) {
        try (agent) {
            Parallel.run(filter::close, worker::close);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
