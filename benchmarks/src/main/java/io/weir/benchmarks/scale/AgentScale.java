package io.weir.benchmarks.scale;

import io.weir.benchmarks.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scans of a large tree, memory by the number of directories, and the processor time of a quiet agent. */
@Command(
        name = "agent-scale",
        mixinStandardHelpOptions = true,
        description = "Measures weir agent and weir watch over large trees, and when nothing happens.")
public final class AgentScale implements Callable<Integer> {
    private static final int CHANGES = 1_000;
    private static final int SETTLED_SECONDS = 10;

    enum Part {
        SCAN,
        MEMORY,
        IDLE
    }

    @Option(names = "--part", description = "One of ${COMPLETION-CANDIDATES}; repeatable (default: all).")
    private List<Part> parts = List.of(Part.values());

    @Option(
            names = "--directories",
            defaultValue = "20000",
            description = "In the scanned tree (default: ${DEFAULT-VALUE}).")
    private int directories;

    @Option(
            names = "--files",
            defaultValue = "1000000",
            description = "In the scanned tree (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
            names = "--idle-seconds",
            defaultValue = "60",
            description = "How long nothing happens (default: ${DEFAULT-VALUE}).")
    private int idleSeconds;

    @Option(names = "--weir", description = "The launcher (default: ${DEFAULT-VALUE}).")
    private Path weir = Path.of("weir");

    @Mixin
    private WorkDirectory workDirectory = new WorkDirectory();

    @Override
    public Integer call() throws IOException {
        weir = weir.toAbsolutePath().normalize();
        try (WorkDirectory.Made work = workDirectory.make();
                Cluster cluster = new Cluster(work.path().resolve("kafka"))) {
            boolean exact = true;
            for (Part part : parts) {
                switch (part) {
                    case SCAN -> exact = scan(work.path(), cluster);
                    case MEMORY -> memory(work.path(), cluster);
                    case IDLE -> idle(work.path(), cluster);
                }
            }
            return exact ? 0 : 1;
        }
    }

    private boolean scan(Path work, Cluster cluster) throws IOException {
        Path top = work.resolve("large");
        Path data = work.resolve("large-data");
        LargeTree tree = new LargeTree(top, directories, files / directories);
        tree.make();
        String of = String.format(Locale.ROOT, "%,d files in %,d directories", files, directories);
        scanned("first scan of " + of, top, data, cluster);
        scanned("restart scan of " + of, top, data, cluster);
        cluster.events();
        Map<String, Integer> expected = tree.change(CHANGES);
        try (RunningCapture agent = RunningCapture.start(weir, agent(top, data, cluster))) {
            System.out.printf(Locale.ROOT, "restart scan after %,d changes: %s%n", CHANGES, agent.figures());
            Map<String, Integer> found = cluster.events();
            boolean exact = new TreeMap<>(expected).equals(found);
            System.out.println("found " + found + (exact ? ", exactly these" : ", expected " + expected));
            return exact;
        }
    }

    private void scanned(String what, Path top, Path data, Cluster cluster) throws IOException {
        try (RunningCapture agent = RunningCapture.start(weir, agent(top, data, cluster))) {
            System.out.println(what + ": " + agent.figures());
        }
        System.out.printf(Locale.ROOT, "its store: %,d MB%n", megabytes(data));
    }

    private static long megabytes(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.mapToLong(file -> file.toFile().length()).sum() >> 20;
        }
    }

    private static List<String> agent(Path top, Path data, Cluster cluster) {
        List<String> arguments =
                new ArrayList<>(List.of("agent", "-r", "--volume", "bench=" + top, "--data", data.toString()));
        arguments.addAll(cluster.options());
        return arguments;
    }

    private void memory(Path work, Cluster cluster) throws IOException {
        for (int count : List.of(1_000, 100_000)) {
            Path top = work.resolve("memory-" + count);
            new LargeTree(top, count, 1).make();
            settled("weir watch", count, List.of("watch", "--json", "-r", top.toString()));
            settled("weir agent", count, agent(top, work.resolve("memory-data-" + count), cluster));
            settled("weir agent again", count, agent(top, work.resolve("memory-data-" + count), cluster));
            WorkDirectory.delete(top);
        }
    }

    private void settled(String name, int count, List<String> arguments) throws IOException {
        try (RunningCapture capture = RunningCapture.start(weir, arguments)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLED_SECONDS));
            System.out.printf(
                    Locale.ROOT,
                    "%s, %,d directories: %d MB resident %d s after it was ready%n",
                    name,
                    count,
                    capture.residentMegabytes(),
                    SETTLED_SECONDS);
        }
    }

    private void idle(Path work, Cluster cluster) throws IOException {
        Path top = work.resolve("idle");
        new LargeTree(top, 1_000, 1).make();
        quiet("weir watch", List.of("watch", "--json", "-r", top.toString()));
        quiet("weir agent", agent(top, work.resolve("idle-data"), cluster));
    }

    private void quiet(String name, List<String> arguments) throws IOException {
        try (RunningCapture capture = RunningCapture.start(weir, arguments)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLED_SECONDS));
            double before = capture.processorMillis();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(idleSeconds));
            System.out.printf(
                    Locale.ROOT,
                    "%s, 1,000 directories, nothing happens: %.0f ms of processor time a minute%n",
                    name,
                    (capture.processorMillis() - before) * 60 / idleSeconds);
        }
    }
}
