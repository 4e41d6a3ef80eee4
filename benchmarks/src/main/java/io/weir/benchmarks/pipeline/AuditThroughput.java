package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.ProcessorTime;
import io.weir.benchmarks.WorkDirectory;
import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.filter.ActiveRules;
import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.filter.replay.InForce;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ReadProgress;
import io.weir.filter.replay.Replay;
import io.weir.filter.replay.RuleArchive;
import io.weir.filter.replay.TimeSpan;
import io.weir.filter.replay.backtest.Backtest;
import io.weir.filter.replay.backtest.BacktestReport;
import io.weir.filter.replay.verify.Report;
import io.weir.filter.replay.verify.Verification;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSet;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Judging retained events again: replay and verification of what the filter has judged, and a back-test of as many rules.
 * Broker and reader share the machine.
 */
@Command(
        name = "audit-throughput",
        mixinStandardHelpOptions = true,
        description = "Measures replay, verification and back-test on retained events.")
public final class AuditThroughput implements Callable<Integer> {
    private static final long POLL_NANOS = 1_000_000;
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e6;
    private static final String STATEFUL =
            "{id: %s, on: [created, written], when: {extension: %s}, %sactions: [quarantine: {to: /.quarantine}]}";

    @Option(names = "--events", defaultValue = "2000000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--rules", defaultValue = "1000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int rules;

    @Option(names = "--threads", defaultValue = "2", description = "That read (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--runs", defaultValue = "3", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--seed", defaultValue = "1", description = "Of the events (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--no-filter",
            description = "Leave out the filter, and so replay and verification of its decisions.")
    private boolean withoutFilter;

    @Option(
            names = "--stateful",
            description = "Add a rule that counts one event in nine, and one that waits with as many.")
    private boolean stateful;

    private double processorTime;

    @Mixin
    private WorkDirectory directory = new WorkDirectory();

    @Override
    public Integer call() throws Exception {
        try (WorkDirectory.Made made = directory.make();
                EmbeddedBroker broker = EmbeddedBroker.start(made.path().resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), registry.url());
            prepare(connection, made.path());
            for (int run = 1; run <= runs; run++) {
                measure(connection, run);
            }
            return 0;
        }
    }

    private void prepare(KafkaConnection connection, Path base) throws Exception {
        try (TopicAdmin topics = new TopicAdmin(connection)) {
            topics.create(TopicSettings.embedded());
        }
        VolumeRegistry.register(connection, EventLoad.VOLUME, "mounted", "bench");
        publish(connection);
        long size = new EventLoad(seed).preload(connection, events);
        System.out.printf(
                Locale.ROOT,
                "%,d events of %d bytes, %d rules, 1 event in 100 matches; %d threads; %d processors; JDK %s%n",
                events,
                size,
                rules,
                threads,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
        if (!withoutFilter) {
            judge(connection, base);
        }
    }

    private void publish(KafkaConnection connection) {
        try (KafkaProducer<String, io.weir.schemas.Rule> producer =
                new KafkaProducer<>(connection.producerConfig("bench-rules"))) {
            definitions().forEach((id, definition) -> {
                io.weir.schemas.Rule rule = io.weir.schemas.Rule.newBuilder()
                        .setId(id)
                        .setDefinition(definition)
                        .build();
                var unused = producer.send(new ProducerRecord<>(Topics.RULES, id, rule));
            });
        }
    }

    private Map<String, String> definitions() {
        Map<String, String> definitions = new TreeMap<>();
        for (int i = 0; i < rules; i++) {
            definitions.put(RuleLoad.id(i), RuleLoad.definition(i));
        }
        if (stateful) {
            definitions.put(
                    "counts", STATEFUL.formatted("counts", "json, burst: {count: 50, within: 1h, by: directory}", ""));
            definitions.put("waits", STATEFUL.formatted("waits", "txt", "settle: 1s, "));
        }
        return definitions;
    }

    private void judge(KafkaConnection connection, Path base) {
        FilterConfig config = FilterConfig.of(connection, base.resolve("filter"))
                .withThreads(threads)
                .withCommitInterval(Duration.ofMillis(100));
        long begun = System.nanoTime();
        try (FilterApplication filter = new FilterApplication(config)) {
            filter.start();
            while (filter.figures().read() < events) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        System.out.printf(Locale.ROOT, "the filter judged them in %.1f s%n", (System.nanoTime() - begun) / NANOS);
    }

    private void measure(KafkaConnection connection, int run) throws RuleRejectedException {
        processorTime = ProcessorTime.seconds(ProcessHandle.current().pid());
        LogWindow window = LogWindow.of(connection, Topics.FILE_EVENTS, TimeSpan.ALL);
        LogWindow contributions = LogWindow.of(connection, Topics.AGGREGATES, TimeSpan.ALL);
        RuleArchive archive = new RuleArchive(connection, ActionTypes.discover());
        if (!withoutFilter) {
            long begun = System.nanoTime();
            LongAdder decided = new LongAdder();
            Replay.recorded(connection, archive.recorded(), window, contributions)
                    .run(threads, new ReadProgress(), replayed -> decided.increment());
            tell(run, "replay", begun, decided.sum() + " records led to something");
            begun = System.nanoTime();
            Report report = new Verification(connection, "weir-filter", threads, 10).run(TimeSpan.ALL, Phases.SILENT);
            tell(
                    run,
                    "audit verify",
                    begun,
                    report.identical() + " identical, findings "
                            + report.findings().counts());
        }
        InForce now = archive.now();
        InForce tried = new InForce(ActiveRules.of(tried(), -1), now.volumes());
        long begun = System.nanoTime();
        BacktestReport alone = new Backtest(connection, threads, 10)
                .run(tried, new InForce(ActiveRules.NONE, now.volumes()), window, 4, new ReadProgress());
        tell(run, "back-test of new rules", begun, alone.tried().hits() + " hits");
        begun = System.nanoTime();
        BacktestReport compared = new Backtest(connection, threads, 10).run(tried, now, window, 4, new ReadProgress());
        tell(run, "back-test against those in force", begun, compared.tried().hits() + " hits");
    }

    private RuleSet tried() throws RuleRejectedException {
        List<Rule> all = new ArrayList<>();
        for (String definition : definitions().values()) {
            all.add(Rule.compile(definition, ActionTypes.discover()));
        }
        return RuleSet.of(all);
    }

    private void tell(int run, String what, long begun, String result) {
        double seconds = (System.nanoTime() - begun) / NANOS;
        double now = ProcessorTime.seconds(ProcessHandle.current().pid());
        System.out.printf(
                Locale.ROOT,
                "run %d  %s: %.1f s, %,.0f events/s; %.2f µs of processor time an event, broker included (%s)%n",
                run,
                what,
                seconds,
                events / seconds,
                (now - processorTime) * MICROS / events,
                result);
        processorTime = now;
    }

    /** Shows nothing. */
    private enum Phases implements Verification.Phases {
        SILENT;

        @Override
        public Phase begin(String what) {
            ReadProgress progress = new ReadProgress();
            return new Phase() {
                @Override
                public ReadProgress progress() {
                    return progress;
                }

                @Override
                public void close() {}
            };
        }
    }
}
