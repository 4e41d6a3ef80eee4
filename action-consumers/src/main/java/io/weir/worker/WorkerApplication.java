package io.weir.worker;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weir.posix.ProcessLock;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import io.weir.worker.control.ControlTopic;
import io.weir.worker.delivery.ActionConsumer;
import io.weir.worker.delivery.ConsumerGroup;
import io.weir.worker.delivery.DigestConsumer;
import io.weir.worker.delivery.DryRunReports;
import io.weir.worker.delivery.Lanes;
import io.weir.worker.delivery.Publisher;
import io.weir.worker.delivery.QuarantineKeeper;
import io.weir.worker.delivery.Reports;
import io.weir.worker.delivery.RequestConsumer;
import io.weir.worker.delivery.StatusReporter;
import io.weir.worker.delivery.Upkeep;
import io.weir.worker.delivery.WorkerHealth;
import io.weir.worker.ledger.Ledger;
import io.weir.worker.qumulo.Heartbeat;
import io.weir.worker.run.ActionRunner;
import io.weir.worker.run.Checkpoint;
import io.weir.worker.run.Surroundings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running worker: wires its parts and owns them. {@link #start} once, {@link #close} any number of times, from any
 * thread.
 */
public final class WorkerApplication implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerApplication.class);
    private static final String GROUP = "weir-worker";
    /** With a dot, which no volume's name has. */
    private static final String DIGEST_GROUP = GROUP + ".digests";

    private final WorkerConfig config;
    private final Collection<ActionModule> modules;
    private final Checkpoint.Observer observer;
    private final @Nullable DryRunReports dryRun;
    private final Clock clock = Clock.systemUTC();
    private final WorkerHealth health = new WorkerHealth(clock);
    private final Heartbeat heartbeat = new Heartbeat(System::nanoTime);
    private final List<RequestConsumer> consumers = new ArrayList<>();
    /** What was opened, last first. */
    private final Deque<Closeable> opened = new ArrayDeque<>();

    private volatile @Nullable StatusReporter reporter;
    private @Nullable ControlTopic control;
    private boolean started;
    private boolean closed;

    /** A worker with all modules that {@code ServiceLoader} finds. */
    public WorkerApplication(WorkerConfig config) {
        this(config, modules(), Checkpoint.Observer.NONE);
    }

    /** For tests: with these modules, and told of each checkpoint. */
    public WorkerApplication(WorkerConfig config, Collection<ActionModule> modules, Checkpoint.Observer observer) {
        this(config, modules, observer, null);
    }

    private WorkerApplication(
            WorkerConfig config,
            Collection<ActionModule> modules,
            Checkpoint.Observer observer,
            @Nullable DryRunReports dryRun) {
        this.config = config;
        this.dryRun = dryRun;
        this.modules = List.copyOf(modules);
        this.observer = observer;
    }

    /**
     * A worker that only tells what it would do of what is asked for from now on, beside the workers that do it. It changes
     * no file, writes nothing to Kafka, and keeps nothing but in its data directory, which the caller deletes.
     */
    public static WorkerApplication dryRun(WorkerConfig config, DryRunReports reports) {
        return new WorkerApplication(config, modules(), Checkpoint.Observer.NONE, reports);
    }

    /** All modules on the class path. */
    public static List<ActionModule> modules() {
        return ServiceLoader.load(ActionModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * Opens ledger and marks, registers the volumes, and begins to take requests. Returns before the consumer groups have
     * given it its partitions ({@link #awaitRunning}).
     *
     * @throws IOException if the data directory is in use by another worker, or ledger or marks cannot be opened
     * @throws io.weir.schemas.topic.TopicException if Kafka refuses or does not answer
     * @throws io.weir.schemas.registry.RegistryException if the registry refuses or does not answer
     */
    public synchronized void start() throws IOException {
        if (started) {
            throw new IllegalStateException("worker '" + config.id() + "' was started before");
        }
        started = true;
        try {
            open();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        LOG.atInfo()
                .addKeyValue("worker", config.id())
                .addKeyValue("volumes", volumes())
                .log("worker started");
    }

    private void open() throws IOException {
        String lock = lock();
        Ledger ledger = own(Ledger.open(config.dataDirectory().resolve("ledger.db")));
        var newControl = own(new ControlTopic(config.connection(), config.id(), new ControlListener()));
        control = newControl;
        var surroundings = new Surroundings(config.settings(), newControl, dryRun != null, clock, observer);
        ActionRunner runner = new ActionRunner(config.id(), lock, ledger, modules, surroundings);
        own(new OpenVolumes(config, heartbeat, dryRun != null)).serveBy(runner);
        Reports reports = dryRun == null ? publish(lock) : dryRun;
        var shared = new ActionConsumer.Shared(config.connection(), runner, reports, ledger, health);
        // Threads of their own: a server that does not answer holds up messages, and never the files.
        consume(Topics.ACTIONS, GROUP, shared, lanes());
        Lanes files = lanes();
        for (String volume : volumes()) {
            consume(Topics.actionsOf(volume), GROUP + "-" + volume, shared, files);
        }
        consumers.add(own(new DigestConsumer(members(DIGEST_GROUP), config.id(), shared, clock)));
        newControl.start();
        consumers.forEach(RequestConsumer::start);
        if (reporter != null) {
            reporter.start();
        }
        if (reports instanceof Publisher publisher) {
            own(new Upkeep(runner, ledger, health, clock)).start();
            keepQuarantine(publisher);
        }
    }

    private void keepQuarantine(Publisher publisher) {
        own(new QuarantineKeeper(
                        config.connection(), config.id(), config.host(), this::minds, publisher, health, clock))
                .start();
    }

    /** Whether this is the one of the volume's workers that minds what all could. */
    private boolean minds(String volume) {
        String topic = Topics.actionsOf(volume);
        return consumers.stream()
                .anyMatch(consumer -> consumer instanceof ActionConsumer actions
                        && actions.topic().equals(topic)
                        && actions.ownsFirst());
    }

    /** Makes the volumes known, and what reports to Kafka. */
    private Reports publish(String lock) {
        for (WorkerVolume volume : config.volumes()) {
            VolumeRegistry.register(config.connection(), volume.volume(), volume.kind(), config.id());
        }
        Publisher publisher = own(new Publisher(config.connection(), GROUP + "-" + config.id(), health));
        var identity = new StatusReporter.Identity(config.id(), config.host(), version(), volumes(), lock);
        reporter = own(new StatusReporter(identity, publisher, health, heartbeat, clock));
        return publisher;
    }

    private Lanes lanes() {
        return own(new Lanes(config.settings().threads().value()));
    }

    private void consume(String topic, String group, ActionConsumer.Shared shared, Lanes lanes) {
        consumers.add(own(new ActionConsumer(topic, members(group), config.id(), shared, lanes)));
    }

    /** A dry run has groups of its own, so that it takes nothing away, and begins with what comes from now on. */
    private ConsumerGroup members(String group) {
        return dryRun == null
                ? new ConsumerGroup(group, "earliest")
                : new ConsumerGroup(
                        group + "-dry-run-" + config.id() + "-"
                                + ProcessHandle.current().pid(),
                        "latest");
    }

    /**
     * Two locks: one on the data directory, so that no two workers share it; and one on a file of this process's own,
     * named in marks, since a name used again would make an attempt of the process before look alive.
     */
    private String lock() throws IOException {
        Path locks = Files.createDirectories(config.dataDirectory().resolve("locks"));
        Path directoryLock = config.dataDirectory().resolve("worker.lock");
        own(ProcessLock.take(directoryLock.toString())
                .orElseThrow(() -> new IOException("worker data directory='" + config.dataDirectory()
                        + "' is in use by another worker; stop that, or give this one a directory of its own")));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(locks)) {
            for (Path file : old) {
                Files.delete(file); // We hold the directory's lock, so all who took these have died.
            }
        }
        Path own = locks.resolve(ProcessHandle.current().pid() + "-" + System.nanoTime() + ".lock");
        own(ProcessLock.take(own.toString())
                .orElseThrow(() -> new IOException("lock file='" + own + "' is held by another process")));
        return own.toString();
    }

    /** Tells what is stopped, so that whoever stops sees at once that this worker knows. */
    private final class ControlListener implements ControlTopic.Listener {
        @Override
        public void changed(long offset, Optional<String> stops) {
            health.set("control_offset", offset);
            health.stopped(stops);
            StatusReporter current = reporter;
            if (current != null) {
                current.reportSoon();
            }
        }

        @Override
        public void hindered(String text) {
            health.hindered(text);
        }
    }

    private <T extends Closeable> T own(T part) {
        opened.push(part);
        return part;
    }

    private List<String> volumes() {
        return config.volumes().stream().<String>map(WorkerVolume::volume).toList();
    }

    private static String version() {
        String version = WorkerApplication.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /**
     * Waits until the consumer groups have given it its partitions, so that a request is taken as soon as it is written.
     *
     * @return whether they have within the limit
     */
    public boolean awaitRunning(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (RequestConsumer consumer : List.copyOf(consumers)) {
            if (!consumer.awaitAssigned(Duration.ofNanos(deadline - System.nanoTime()))) {
                return false;
            }
        }
        return control != null && control.awaitKnown(Duration.ofNanos(deadline - System.nanoTime()));
    }

    /** Counts and gauges, by the names that {@code ComponentStatus} reports them by. */
    public Map<String, Long> figures() {
        return health.figures();
    }

    /** Where actions are counted by rule, and timed; nowhere until a registry is added. */
    public CompositeMeterRegistry meters() {
        return health.meters();
    }

    /** Why it does not work any more; empty while it does. */
    public Optional<String> failure() {
        return health.failure();
    }

    /** Why it does less than it should; empty while it does not. */
    public Optional<String> degradation() {
        return health.degradation();
    }

    /**
     * Stops: takes no more requests, joins what runs (a program that goes on is killed, and runs again at the next
     * start), commits what is done, and releases its locks. In at most 10 seconds.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        consumers.forEach(RequestConsumer::stop);
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (IOException | RuntimeException e) {
                LOG.atWarn().addKeyValue("worker", config.id()).setCause(e).log("a part did not close cleanly");
            }
        }
    }
}
