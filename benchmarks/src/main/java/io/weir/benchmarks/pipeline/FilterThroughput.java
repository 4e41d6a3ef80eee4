package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.WorkDirectory;
import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The filter alone on a preloaded topic, beside topologies that forward one record in a hundred without looking at it, one
 * of which decodes each record: same broker, same process, turn about. The clock runs from the first record read to the
 * last.
 */
@Command(
        name = "filter-throughput",
        mixinStandardHelpOptions = true,
        description = "Measures the filter on a preloaded topic against topologies that only forward.")
public final class FilterThroughput implements Callable<Integer> {
    private static final long POLL_NANOS = 200_000;

    @Option(names = "--events", defaultValue = "1000000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--rules", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int rules;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--commit-interval",
            paramLabel = "MS",
            defaultValue = "10",
            description = "Of all topologies, in ms (default: ${DEFAULT-VALUE}, the filter's own).")
    private long commitInterval;

    @Option(names = "--runs", defaultValue = "7", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--warm-up", defaultValue = "3", description = "Rounds before them (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--seed", defaultValue = "1", description = "Of the events (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private WorkDirectory directory = new WorkDirectory();

    @Override
    public Integer call() throws Exception {
        try (WorkDirectory.Made made = directory.make();
                EmbeddedBroker broker = EmbeddedBroker.start(made.path().resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), registry.url());
            prepare(connection);
            measure(connection, made.path());
            return 0;
        }
    }

    private void prepare(KafkaConnection connection) throws ExecutionException, InterruptedException {
        TopicSettings settings = TopicSettings.embedded();
        try (TopicAdmin topics = new TopicAdmin(connection);
                Admin admin = Admin.create(connection.adminConfig("bench"))) {
            topics.create(settings);
            admin.createTopics(List.of(new NewTopic(Baseline.output(), settings.partitions(), (short) 1)))
                    .all()
                    .get();
        }
        VolumeRegistry.register(connection, EventLoad.VOLUME, "mounted", "bench");
        publishRules(connection);
        long size = new EventLoad(seed).preload(connection, events);
        System.out.printf(
                Locale.ROOT,
                "%,d events of %d bytes, %d partitions; %d rules, 1 event in 100 matches; %d threads; %d processors; JDK %s%n",
                events,
                size,
                settings.partitions(),
                rules,
                threads,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version());
    }

    private void publishRules(KafkaConnection connection) {
        try (KafkaProducer<String, Rule> producer = new KafkaProducer<>(connection.producerConfig("bench-rules"))) {
            for (int i = 0; i < rules; i++) {
                String id = RuleLoad.id(i);
                Rule rule = Rule.newBuilder()
                        .setId(id)
                        .setDefinition(RuleLoad.definition(i))
                        .build();
                var unused = producer.send(new ProducerRecord<>(Topics.RULES, id, rule));
            }
        }
    }

    /**
     * One run.
     *
     * @param rate records a second by the clock
     * @param cpu processor time of the stream threads for a record, in nanoseconds
     */
    private record Run(double rate, double cpu) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f/s (%.0f ns)", rate, cpu);
        }
    }

    private void measure(KafkaConnection connection, Path base) throws IOException {
        List<Run> plain = new ArrayList<>();
        List<Run> decoding = new ArrayList<>();
        List<Run> filter = new ArrayList<>();
        for (int round = 0; round < warmUp + runs; round++) {
            plain.add(baseline(connection, base, round, false));
            decoding.add(baseline(connection, base, round, true));
            filter.add(filter(connection, base, round));
            System.out.printf(
                    Locale.ROOT,
                    "%s  forward 1 in 100 %s  decode, forward 1 in 100 %s  filter %s%n",
                    round < warmUp ? "warm-up" : "run " + (round + 1 - warmUp),
                    plain.get(round),
                    decoding.get(round),
                    filter.get(round));
        }
        System.out.println("forward 1 in 100:         " + summary(plain));
        System.out.println("decode, forward 1 in 100: " + summary(decoding));
        System.out.println("filter:                   " + summary(filter));
        ratio("decode, forward 1 in 100", filter, decoding);
        ratio("forward 1 in 100", filter, plain);
    }

    private void ratio(String name, List<Run> filter, List<Run> other) {
        System.out.printf(
                Locale.ROOT,
                "filter / %s: %.2f by the clock, %.2f by processor time%n",
                name,
                median(filter, Run::rate) / median(other, Run::rate),
                median(other, Run::cpu) / median(filter, Run::cpu));
    }

    private Run baseline(KafkaConnection connection, Path base, int round, boolean decodes) throws IOException {
        String id = "bench-" + (decodes ? "decode-" : "forward-") + round;
        try (Baseline baseline = new Baseline(
                connection, id, Files.createDirectories(base.resolve(id)), threads, decodes, commitInterval)) {
            baseline.start();
            return clock(baseline::read);
        }
    }

    private Run filter(KafkaConnection connection, Path base, int round) {
        String id = "bench-filter-" + round;
        FilterConfig config = FilterConfig.of(connection, base.resolve(id))
                .withApplicationId(id)
                .withCommitInterval(Duration.ofMillis(commitInterval))
                .withThreads(threads);
        try (FilterApplication filter = new FilterApplication(config)) {
            filter.start();
            filter.awaitRunning(Duration.ofSeconds(60));
            Run run = clock(() -> filter.figures().read());
            Map<String, Long> figures = filter.figures().snapshot();
            long expected = (events + 99L) / 100;
            if (!figures.getOrDefault("matched", 0L).equals(expected)) {
                throw new IllegalStateException("expected " + expected + " matches, found " + figures);
            }
            return run;
        }
    }

    private Run clock(LongSupplier read) {
        await(read, 1);
        long begun = System.nanoTime();
        long cpu = StreamThreads.cpuNanos();
        long before = read.getAsLong();
        await(read, events);
        long nanos = System.nanoTime() - begun;
        double counted = events - before;
        return new Run(counted * 1e9 / nanos, (StreamThreads.cpuNanos() - cpu) / counted);
    }

    private static void await(LongSupplier read, long count) {
        while (read.getAsLong() < count) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private String summary(List<Run> all) {
        double[] rates = sorted(all, Run::rate);
        double[] cpu = sorted(all, Run::cpu);
        return String.format(
                Locale.ROOT,
                "median %,.0f records/s (%,.0f to %,.0f); %.0f ns of processor time a record (%.0f to %.0f)",
                median(all, Run::rate),
                rates[0],
                rates[rates.length - 1],
                median(all, Run::cpu),
                cpu[0],
                cpu[cpu.length - 1]);
    }

    private double median(List<Run> all, ToDoubleFunction<Run> figure) {
        double[] sorted = sorted(all, figure);
        return sorted[sorted.length / 2];
    }

    private double[] sorted(List<Run> all, ToDoubleFunction<Run> figure) {
        return all.stream().skip(warmUp).mapToDouble(figure).sorted().toArray();
    }
}
