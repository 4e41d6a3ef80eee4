package io.weir.benchmarks.rules;

import com.sun.management.ThreadMXBean;
import io.weir.rules.RuleSet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The index beside event-ruler and the plain scan: events a second of processor time on one thread, bytes allocated an
 * event, time and memory that it takes to build. All in one process, run by run in turns.
 */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Measures rule matching against event-ruler and a plain scan.")
public final class RuleComparison implements Callable<Integer> {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int SCAN_LIMIT = 10_000;

    @Option(
            names = "--rules",
            split = ",",
            defaultValue = "1,10,100,1000,10000,100000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private List<Integer> counts = new ArrayList<>();

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "index,event_ruler,scan",
            description = "Who takes part (default: ${DEFAULT-VALUE}).")
    private List<Contender.Kind> contenders = new ArrayList<>();

    @Option(names = "--runs", defaultValue = "7", description = "Measured runs (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--warm-up", defaultValue = "5", description = "Runs before them (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--millis",
            defaultValue = "1000",
            description = "How long a run takes, in ms of processor time (default: ${DEFAULT-VALUE}).")
    private int millis;

    @Option(
            names = "--ruler-limit",
            defaultValue = "100000",
            description = "The most rules that event-ruler is given (default: ${DEFAULT-VALUE}).")
    private int rulerLimit;

    /** What one run gave. */
    private record Run(double eventsPerSecond, double bytesPerEvent) {}

    /** What was built. */
    private record Built(Contender.Loaded loaded, double seconds, double megabytes) {}

    @Override
    public Integer call() throws Exception {
        Workload workload = new Workload();
        System.out.printf("events of %s; JDK %s, %d processors%n", workload.tree(), Runtime.version(), processors());
        System.out.printf(
                "%9s  %-11s  %34s  %9s  %8s  %8s%n", "rules", "", "events/s (range)", "B/event", "build s", "MB");
        for (int count : counts) {
            compare(workload, count);
        }
        return 0;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private void compare(Workload workload, int count) {
        List<Written> rules = workload.rules(count);
        BenchEvent[] events = workload.events(
                RuleSet.of(rules.stream().map(Workload::compile).toList()).matcher());
        Map<Contender.Kind, Built> built = new EnumMap<>(Contender.Kind.class);
        Map<Contender.Kind, List<Run>> all = new EnumMap<>(Contender.Kind.class);
        for (Contender.Kind kind : contenders) {
            if (takesPart(kind, count)) {
                built.put(kind, build(kind, rules, events));
                all.put(kind, new ArrayList<>());
            }
        }
        built.forEach((kind, one) -> requireMatches(kind, one.loaded(), events.length));
        for (int i = 0; i < warmUp + runs; i++) {
            boolean counts = i >= warmUp;
            built.forEach((kind, one) -> {
                Run run = run(one.loaded(), events.length);
                if (counts) {
                    all.getOrDefault(kind, new ArrayList<>()).add(run);
                }
            });
        }
        built.forEach((kind, one) -> print(count, kind, one, all.getOrDefault(kind, List.of())));
        ChangeTimes.print(rules, Workload.ACTIONS);
    }

    private boolean takesPart(Contender.Kind kind, int count) {
        return switch (kind) {
            case INDEX -> true;
            case EVENT_RULER -> count <= rulerLimit;
            case SCAN -> count <= SCAN_LIMIT;
        };
    }

    private static Built build(Contender.Kind kind, List<Written> rules, BenchEvent[] events) {
        long before = usedBytes();
        long begun = System.nanoTime();
        Contender contender = kind.build(rules);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double megabytes = (usedBytes() - before) / 1e6;
        return new Built(contender.load(events), seconds, megabytes);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Each finds rules for one event in a hundred; with the same rules they are the same ones. */
    private static void requireMatches(Contender.Kind kind, Contender.Loaded loaded, int events) {
        int matched = 0;
        for (int i = 0; i < events; i++) {
            matched += loaded.match(i) > 0 ? 1 : 0;
        }
        if (matched != events / 100) {
            throw new IllegalStateException(
                    kind.label() + ": " + matched + " of " + events + " events matched; expected " + events / 100);
        }
    }

    private Run run(Contender.Loaded loaded, int events) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begun = THREADS.getCurrentThreadCpuTime();
        long count = 0;
        long matches = 0;
        long nanos = 0;
        int next = 0;
        while (nanos < millis * 1_000_000L) {
            for (int i = 0; i < 64; i++) {
                matches += loaded.match(next);
                next = next + 1 == events ? 0 : next + 1;
            }
            count += 64;
            nanos = THREADS.getCurrentThreadCpuTime() - begun;
        }
        if (matches < 0) {
            throw new IllegalStateException("cannot be; keeps the matching from being left out");
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        return new Run(count * 1e9 / nanos, (double) bytes / count);
    }

    private static void print(int count, Contender.Kind kind, Built built, List<Run> runs) {
        double[] rates =
                runs.stream().mapToDouble(Run::eventsPerSecond).sorted().toArray();
        double bytes = runs.stream().mapToDouble(Run::bytesPerEvent).min().orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "%,9d  %-11s  %,12.0f (%,9.0f to %,9.0f)  %,9.1f  %8.2f  %,8.1f%n",
                count,
                kind.label(),
                rates[rates.length / 2],
                rates[0],
                rates[rates.length - 1],
                bytes,
                built.seconds(),
                built.megabytes());
    }
}
