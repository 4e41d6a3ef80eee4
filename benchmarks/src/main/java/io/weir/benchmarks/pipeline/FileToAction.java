package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.Latencies;
import io.weir.benchmarks.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the close of a file to its being moved by a rule, through the whole chain. */
@Command(
        name = "file-to-action",
        mixinStandardHelpOptions = true,
        description = {
            "Drops files into a directory that 'weir up' watches, and measures when its rule has moved them.",
            "Beside it, in turns: a shell loop over inotifywait, incrond and a watchman trigger, where installed."
        })
public final class FileToAction implements Callable<Integer> {
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
        Path volume = Files.createDirectory(base.resolve("volume"));
        Path rules = Files.writeString(base.resolve("rules.yaml"), rules());
        List<Lane> lanes = new ArrayList<>();
        try (RunningWeir running = startWeir(volume, rules, base.resolve("data"), lanes)) {
            peers(base, lanes);
            measure(lanes);
            System.out.printf(
                    Locale.ROOT,
                    "resident %d MiB; weir up reported %d actions for %d files%n",
                    running.residentMegabytes(),
                    running.linesOf("action"),
                    rate * (warmUp + runs * seconds));
        } finally {
            for (Lane lane : lanes) {
                lane.close();
            }
        }
        return lanes.get(0).isComplete() ? 0 : 1;
    }

    private RunningWeir startWeir(Path volume, Path rules, Path data, List<Lane> lanes)
            throws IOException, InterruptedException {
        Path drop = Files.createDirectory(volume.resolve("drop"));
        Path target = Files.createDirectories(volume.resolve(action.target));
        RunningWeir running = RunningWeir.start(weir.toAbsolutePath(), volume, rules, data);
        System.out.printf(
                Locale.ROOT, "ready after %.1f s%n", running.timeToReady().toMillis() / 1e3);
        lanes.add(new Lane("weir up", drop, target, () -> {}));
        return running;
    }

    /** All are there all the time, each over directories of its own, and have nothing to do but in their turn. */
    private static void peers(Path base, List<Lane> lanes) throws IOException {
        for (Peer peer : Peer.values()) {
            if (!peer.isInstalled()) {
                System.out.println(peer.title() + ": not installed");
                continue;
            }
            Path own = Files.createDirectory(base.resolve(peer.name().toLowerCase(Locale.ROOT)));
            Path drop = Files.createDirectory(own.resolve("drop"));
            Path target = Files.createDirectory(own.resolve("moved"));
            RunningPeer running = RunningPeer.start(peer, drop, target, own);
            lanes.add(new Lane(peer.title(), drop, target, running));
        }
    }

    private void measure(List<Lane> lanes) throws IOException {
        for (Lane lane : lanes) {
            System.out.println(lane.run("warm-up", rate, warmUp));
        }
        for (int i = 1; i <= runs; i++) {
            for (Lane lane : lanes) {
                System.out.println(lane.run("run " + i, rate, seconds));
            }
        }
        lanes.forEach(lane -> lane.summary().forEach(System.out::println));
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
                Lane.parkUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10));
            }
            for (int i = 0; i < count; i++) {
                delays[i] = arrivals.seen().getOrDefault("f" + i, renamed[i]) - renamed[i];
            }
        }
        return new Latencies(delays);
    }
}
