package io.weir.benchmarks.marks;

import io.weir.benchmarks.WorkDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs to tell own changes from foreign ones. */
@Command(
        name = "marks",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what marks cost: the time that they add to an action (chmod on a real file, without Kafka), and the"
                    + " events that an agent takes in a second, with some of them inside windows against none."
        })
public final class MarksCost implements Callable<Integer> {
    @Option(names = "--actions", defaultValue = "20000", description = "Actions of a run (default: ${DEFAULT-VALUE}).")
    private int actions;

    @Option(names = "--events", defaultValue = "300000", description = "Events of a run (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--one-in",
            defaultValue = "100",
            description = "One event in so many lies in a window (default: ${DEFAULT-VALUE}).")
    private int oneIn;

    @Option(
            names = "--runs",
            defaultValue = "5",
            description = "How many, after one that warms up (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Mixin
    private WorkDirectory directory = new WorkDirectory();

    @Override
    public Integer call() throws Exception {
        try (WorkDirectory.Made made = directory.make()) {
            System.out.printf(
                    Locale.ROOT,
                    "%d processors; JDK %s; Linux %s; files in %s (%s)%n",
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.version(),
                    System.getProperty("os.version"),
                    made.path(),
                    Files.getFileStore(made.path()).type());
            actions(Files.createDirectory(made.path().resolve("actions")));
            agent(made.path());
        }
        return 0;
    }

    private void actions(Path base) throws Exception {
        try (MarkedActions marked = new MarkedActions(base)) {
            marked.run(actions / 2);
            for (int run = 1; run <= runs; run++) {
                System.out.println("actions, run " + run + ": " + marked.run(actions));
            }
        }
    }

    /** Alternately, so that what else the machine does meets both. */
    private void agent(Path base) throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run <= runs; run++) {
            double none = perSecond(base.resolve("none-" + run), 0);
            double some = perSecond(base.resolve("some-" + run), oneIn);
            System.out.printf(
                    Locale.ROOT,
                    "agent, run %d: %.0f events/s without windows, %.0f with one in %d inside windows: %.3f%n",
                    run,
                    none,
                    some,
                    oneIn,
                    some / none);
            if (run > 0) {
                without.add(none);
                with.add(some);
                ratios.add(some / none);
            }
        }
        summarize("events/s without windows", without);
        summarize("events/s with windows", with);
        summarize("ratio", ratios);
    }

    private double perSecond(Path data, int share) throws Exception {
        try (MarkedEvents stream = new MarkedEvents(Files.createDirectory(data), share)) {
            return stream.run(events);
        }
    }

    private static void summarize(String what, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: median %.3f, from %.3f to %.3f%n",
                    what,
                    sorted.get(sorted.size() / 2),
                    sorted.get(0),
                    sorted.get(sorted.size() - 1));
        }
    }
}
