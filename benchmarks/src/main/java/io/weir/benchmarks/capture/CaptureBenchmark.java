package io.weir.benchmarks.capture;

import io.weir.benchmarks.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Storms of changes under {@code weir watch} and under the tools that people use today, in turns: which share is reported,
 * duplicates, wrong paths, processor time, memory, the time to watch many directories, the delay of single changes.
 */
@Command(
        name = "capture",
        mixinStandardHelpOptions = true,
        description = "Measures weir watch beside inotifywait, fsnotifywait, fswatch and watchman, where installed.")
public final class CaptureBenchmark implements Callable<Integer> {
    private static final Duration QUIET = Duration.ofSeconds(4);
    private static final int CHURNED = 400;

    enum Part {
        STORM,
        CHURN,
        SET_UP,
        DELAY
    }

    @Option(names = "--tool", description = "One of ${COMPLETION-CANDIDATES}; repeatable (default: all).")
    private List<Tool> tools = List.of(Tool.values());

    @Option(names = "--part", description = "One of ${COMPLETION-CANDIDATES}; repeatable (default: all).")
    private List<Part> parts = List.of(Part.values());

    @Option(names = "--runs", defaultValue = "3", description = "Of each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--files", defaultValue = "20000", description = "In the storm (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(
            names = "--directories",
            defaultValue = "18511",
            description = "Fresh ones in the storm (default: ${DEFAULT-VALUE}).")
    private int directories;

    @Option(
            names = "--watched",
            defaultValue = "100000",
            description = "Directories to set watches on (default: ${DEFAULT-VALUE}).")
    private int watched;

    @Option(names = "--seed", defaultValue = "1", description = "Of what is done (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--weir", description = "The launcher (default: ${DEFAULT-VALUE}).")
    private Path weir = Path.of("weir");

    @Mixin
    private WorkDirectory workDirectory = new WorkDirectory();

    @Override
    public Integer call() throws IOException {
        weir = weir.toAbsolutePath().normalize();
        List<Tool> present = tools.stream().filter(Tool::isInstalled).toList();
        tools.stream()
                .filter(t -> !present.contains(t))
                .forEach(t -> System.out.println(t.title() + ": not installed"));
        try (WorkDirectory.Made work = workDirectory.make()) {
            for (Part part : parts) {
                for (int run = 1; run <= runs; run++) {
                    for (Tool tool : present) {
                        Path base = Files.createDirectory(work.path().resolve(part + "-" + run + "-" + tool));
                        Path scratch = Files.createDirectory(base.resolve("scratch"));
                        Path root = Files.createDirectory(base.resolve("root"));
                        String result = attempt(part, tool, root, scratch, seed + run);
                        System.out.printf(
                                Locale.ROOT,
                                "%-7s run %d  %-20s %s%n",
                                part.name().toLowerCase(Locale.ROOT),
                                run,
                                tool.title(),
                                result);
                        WorkDirectory.delete(base);
                    }
                }
            }
        }
        return 0;
    }

    /** A tool that cannot do it does not keep the others from trying. */
    private String attempt(Part part, Tool tool, Path root, Path scratch, long runSeed) {
        try {
            return measure(part, tool, root, scratch, runSeed);
        } catch (IOException e) {
            return "failed: " + e.getMessage();
        }
    }

    private String measure(Part part, Tool tool, Path root, Path scratch, long runSeed) throws IOException {
        return switch (part) {
            case STORM -> storm(tool, root, scratch, runSeed);
            case CHURN -> churn(tool, root, scratch, runSeed);
            case SET_UP -> setUp(tool, root, scratch);
            case DELAY -> delay(tool, root, scratch, runSeed);
        };
    }

    private String storm(Tool tool, Path root, Path scratch, long runSeed) throws IOException {
        Workload workload = new Workload(root, runSeed);
        try (RunningTool running = RunningTool.start(tool, root, weir, scratch)) {
            double before = running.cpuSeconds();
            workload.storm(files, directories);
            return outcome(running, workload, before);
        }
    }

    private String churn(Tool tool, Path root, Path scratch, long runSeed) throws IOException {
        Workload workload = new Workload(root, runSeed);
        int filesEach = Math.max(5, files / CHURNED);
        workload.prepare(CHURNED, filesEach);
        try (RunningTool running = RunningTool.start(tool, root, weir, scratch)) {
            double before = running.cpuSeconds();
            workload.churn(CHURNED, filesEach);
            return outcome(running, workload, before);
        }
    }

    private static String outcome(RunningTool running, Workload workload, double cpuBefore) {
        running.awaitQuiet(QUIET);
        double cpu = running.cpuSeconds() - cpuBefore;
        long resident = running.residentMegabytes();
        Score score = Score.of(workload.operations(), workload.existed(), running.reports());
        return String.format(
                Locale.ROOT,
                "%6.2f %% of %,d reported, %,d duplicates, %,d wrong paths, %.1f CPU s per million, %d MB",
                score.share() * 100,
                workload.operations().size(),
                score.duplicates(),
                score.wrongPaths(),
                cpu * 1e6 / workload.operations().size(),
                resident);
    }

    private String setUp(Tool tool, Path root, Path scratch) throws IOException {
        for (int i = 0; i < watched; i++) {
            Path directory = root.resolve("a" + i % 100).resolve("b" + i / 100 % 100);
            Files.createDirectories(directory.resolve("c" + i));
        }
        try (RunningTool running = RunningTool.start(tool, root, weir, scratch)) {
            return String.format(
                    Locale.ROOT,
                    "%.2f s until %,d directories are watched, %.2f CPU s, %d MB",
                    running.timeToReady().toMillis() / 1000.0,
                    watched,
                    running.cpuSeconds(),
                    running.residentMegabytes());
        }
    }

    /** Single files, a hundred a second, in a directory that is watched. */
    private String delay(Tool tool, Path root, Path scratch, long runSeed) throws IOException {
        Workload workload = new Workload(root, runSeed);
        try (RunningTool running = RunningTool.start(tool, root, weir, scratch)) {
            for (int i = 0; i < 1_000; i++) {
                workload.single(i);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            running.awaitQuiet(QUIET);
            Score score = Score.of(workload.operations(), workload.existed(), running.reports());
            return score.delays() + String.format(Locale.ROOT, " (%.2f %% reported)", score.share() * 100);
        }
    }
}
