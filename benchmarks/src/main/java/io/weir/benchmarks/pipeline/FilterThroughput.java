package io.weir.benchmarks.pipeline;

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
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The filter alone on a preloaded topic, beside topologies that forward one record in ten and one in a hundred without
 * looking at it: same broker, same process, turn about. The clock runs from the first record read to the last.
 */
@Command(
        name = "filter-throughput",
        mixinStandardHelpOptions = true,
        description = "Measures the filter on a preloaded topic against topologies that only forward.")
public final class FilterThroughput implements Callable<Integer> {
    private static final long POLL_NANOS = 200_000;

    @Option(names = "--events", defaultValue = "1000000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--rules", defaultValue = "100", description = "How many (default: ${DEFAULT-VALUE}).")
    private int rules;

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--runs", defaultValue = "7", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--warm-up", defaultValue = "3", description = "Rounds before them (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--seed", defaultValue = "1", description = "Of the events (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--directory",
            description = "Where to keep the broker's data (default: a new temporary directory).")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FilterThroughput()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path base = Files.createTempDirectory(directory, "weir-bench");
        try (EmbeddedBroker broker = EmbeddedBroker.start(base.resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), registry.url());
            prepare(connection);
            measure(connection, base);
            return 0;
        } finally {
            delete(base);
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
                String id = String.format(Locale.ROOT, "rule-%05d", i);
                Rule rule = Rule.newBuilder()
                        .setId(id)
                        .setDefinition(definition(id, i))
                        .build();
                var unused = producer.send(new ProducerRecord<>(Topics.RULES, id, rule));
            }
        }
    }

    /** The first matches one event in a hundred; the others look much like it and match none. */
    private static String definition(String id, int i) {
        String when =
                switch (i == 0 ? -1 : i % 5) {
                    case -1 -> "  - extension: " + EventLoad.RARE;
                    case 0 -> "  - extension: [x" + i + ", y" + i + "]\n  - path: /show-*/**";
                    case 1 -> "  - path: /incoming-" + i + "/**";
                    case 2 -> "  - name: \"report-" + i + "-*.pdf\"";
                    case 3 -> "  - path: /show-" + i % 20 + "/seq_*/archive-" + i + "/**";
                    default -> "  - extension: z" + i + "\n  - size: \">10MB\"";
                };
        return "id: " + id + "\non: [created, written]\nwhen:\n" + when + "\nactions:\n"
                + "  - quarantine: { to: /.quarantine }\n";
    }

    private void measure(KafkaConnection connection, Path base) throws IOException {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = -warmUp; round < runs; round++) {
            double ten = baseline(connection, base, round, 10);
            double hundred = baseline(connection, base, round, 100);
            double filter = filter(connection, base, round);
            if (round >= 0) {
                rates.computeIfAbsent("forward 1 in 10", k -> new ArrayList<>()).add(ten);
                rates.computeIfAbsent("forward 1 in 100", k -> new ArrayList<>())
                        .add(hundred);
                rates.computeIfAbsent("filter", k -> new ArrayList<>()).add(filter);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s  1 in 10 %,.0f  1 in 100 %,.0f  filter %,.0f records/s%n",
                    round < 0 ? "warm-up" : "run " + (round + 1),
                    ten,
                    hundred,
                    filter);
        }
        rates.forEach((name, values) -> System.out.println(name + ": " + summary(values)));
        System.out.printf(
                Locale.ROOT,
                "filter / forward 1 in 10: %.2f%n",
                median(rates.getOrDefault("filter", List.of()))
                        / median(rates.getOrDefault("forward 1 in 10", List.of())));
    }

    private double baseline(KafkaConnection connection, Path base, int round, int oneIn) throws IOException {
        String id = "bench-" + oneIn + "-" + (round + warmUp);
        try (Baseline baseline = new Baseline(
                connection.bootstrapServers(), id, Files.createDirectories(base.resolve(id)), threads, oneIn)) {
            baseline.start();
            return clock(baseline::read);
        }
    }

    private double filter(KafkaConnection connection, Path base, int round) {
        String id = "bench-filter-" + (round + warmUp);
        FilterConfig config = FilterConfig.of(connection, base.resolve(id))
                .withApplicationId(id)
                .withThreads(threads);
        try (FilterApplication filter = new FilterApplication(config)) {
            filter.start();
            filter.awaitRunning(Duration.ofSeconds(60));
            double rate = clock(() -> filter.figures().read());
            Map<String, Long> figures = filter.figures().snapshot();
            long expected = (events + 99L) / 100;
            if (!figures.getOrDefault("matched", 0L).equals(expected)) {
                throw new IllegalStateException("expected " + expected + " matches, found " + figures);
            }
            return rate;
        }
    }

    private double clock(LongSupplier read) {
        while (read.getAsLong() == 0) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        long begun = System.nanoTime();
        long before = read.getAsLong();
        while (read.getAsLong() < events) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return (events - before) * 1e9 / (System.nanoTime() - begun);
    }

    private static String summary(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "median %,.0f records/s (%,.0f to %,.0f)",
                median(values),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void delete(Path base) throws IOException {
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
