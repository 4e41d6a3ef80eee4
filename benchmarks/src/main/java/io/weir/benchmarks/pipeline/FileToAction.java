package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.Latencies;
import io.weir.benchmarks.WorkDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the close of a file to its being moved by a rule, through the whole chain. */
@Command(
        name = "file-to-action",
        mixinStandardHelpOptions = true,
        description = "Drops files into a directory that 'weir up' watches, and measures when its rule has moved them.")
public final class FileToAction implements Callable<Integer> {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** What the rule does. */
    enum Action {
        QUARANTINE("quarantine: { to: /moved }", "moved/drop"),
        RENAME("rename: { to: \"/moved/{event.name}\" }", "moved");

        final String yaml;
        final String target;

        Action(String yaml, String target) {
            this.yaml = yaml;
            this.target = target;
        }
    }

    @Option(names = "--weir", defaultValue = "./weir", description = "The launcher (default: ${DEFAULT-VALUE}).")
    private Path weir = Path.of("./weir");

    @Option(names = "--action", defaultValue = "RENAME", description = "${COMPLETION-CANDIDATES}.")
    private Action action = Action.RENAME;

    @Option(names = "--rate", defaultValue = "50", description = "Files a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "Length of a run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "10", description = "Seconds before the first run.")
    private int warmUp;

    @Option(names = "--runs", defaultValue = "5", description = "How many (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Mixin
    private WorkDirectory directory = new WorkDirectory();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (WorkDirectory.Made made = directory.make()) {
            return measure(made.path());
        }
    }

    private int measure(Path base) throws IOException, InterruptedException {
        Path volume = Files.createDirectory(base.resolve("volume"));
        Path drop = Files.createDirectory(volume.resolve("drop"));
        Path target = Files.createDirectories(volume.resolve(action.target));
        Path rules = Files.writeString(base.resolve("rules.yaml"), rules());
        System.out.printf(
                Locale.ROOT,
                "%s; %d processors; JDK %s; Linux %s; files in %s (%s)%n",
                action,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                System.getProperty("os.version"),
                base,
                Files.getFileStore(base).type());
        System.out.println("the observer's own delay: " + observerDelay(base));
        boolean complete = true;
        try (RunningWeir running = RunningWeir.start(weir.toAbsolutePath(), volume, rules, base.resolve("data"));
                Arrivals arrivals = new Arrivals(target)) {
            System.out.printf(
                    Locale.ROOT, "ready after %.1f s%n", running.timeToReady().toMillis() / 1e3);
            run("warm-up", drop, arrivals, warmUp);
            var results = new ArrayList<Latencies>();
            for (int i = 1; i <= runs; i++) {
                Latencies result = run("run " + i, drop, arrivals, seconds);
                complete &= result.count() == rate * seconds;
                results.add(result);
            }
            summarize(results);
            System.out.printf(
                    Locale.ROOT,
                    "resident %d MiB; weir up reported %d actions for %d files%n",
                    running.residentMegabytes(),
                    running.linesOf("action"),
                    rate * (warmUp + runs * seconds));
        }
        return complete ? 0 : 1;
    }

    private String rules() {
        return """
                rules:
                  - id: move-at-once
                    description: Everything that is complete in the drop directory goes elsewhere
                    on: written
                    when:
                      path: "/drop/**"
                    actions:
                      - %s
                """
                .formatted(action.yaml);
    }

    private Latencies run(String name, Path drop, Arrivals arrivals, int length) throws IOException {
        Map<String, Long> closed = new LinkedHashMap<>();
        ByteBuffer content = ByteBuffer.allocate(1024);
        long start = System.nanoTime();
        for (int i = 0; i < rate * length; i++) {
            parkUntil(start + i * TimeUnit.SECONDS.toNanos(1) / rate);
            String file = name.replace(' ', '-') + "-" + i + ".dat";
            FileChannel channel =
                    FileChannel.open(drop.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.write(content.rewind());
            closed.put(file, System.nanoTime());
            channel.close();
        }
        long deadline = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < deadline && !arrivals.seen().keySet().containsAll(closed.keySet())) {
            parkUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        }
        var latencies = new Latencies(closed.entrySet().stream()
                .filter(entry -> arrivals.seen().containsKey(entry.getKey()))
                .mapToLong(entry -> arrivals.seen().getOrDefault(entry.getKey(), 0L) - entry.getValue())
                .toArray());
        String missing = latencies.count() == closed.size()
                ? ""
                : ", " + (closed.size() - latencies.count()) + " NOT MOVED within 30 s";
        System.out.println(name + ": " + closed.size() + " files at " + rate + "/s: " + latencies + missing);
        return latencies;
    }

    /** How long after a rename of our own the observer notes it. */
    private static Latencies observerDelay(Path base) throws IOException {
        Path from = Files.createDirectory(base.resolve("observer-from"));
        Path to = Files.createDirectory(base.resolve("observer-to"));
        int count = 200;
        long[] renamed = new long[count];
        long[] delays = new long[count];
        try (var arrivals = new Arrivals(to)) {
            for (int i = 0; i < count; i++) {
                Path file = Files.createFile(from.resolve("f" + i));
                renamed[i] = System.nanoTime();
                Files.move(file, to.resolve("f" + i));
                parkUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10));
            }
            for (int i = 0; i < count; i++) {
                delays[i] = arrivals.seen().getOrDefault("f" + i, renamed[i]) - renamed[i];
            }
        }
        return new Latencies(delays);
    }

    private static void summarize(List<Latencies> results) {
        for (double share : new double[] {0.5, 0.99}) {
            List<Double> values = results.stream()
                    .map(result -> result.millisAt(share))
                    .sorted()
                    .toList();
            DoubleSummaryStatistics range =
                    values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            System.out.printf(
                    Locale.ROOT,
                    "p%.0f of %d runs: median %.2f ms, from %.2f to %.2f%n",
                    share * 100,
                    results.size(),
                    values.get(values.size() / 2),
                    range.getMin(),
                    range.getMax());
        }
    }

    private static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
