package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentCore;
import io.weir.agent.randomised.FailureLog;
import io.weir.agent.randomised.Known;
import io.weir.agent.randomised.PublishedTree;
import io.weir.agent.randomised.RandomOperations;
import io.weir.agent.randomised.RealTree;
import io.weir.agent.randomised.Unpromised;
import io.weir.posix.PosixException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on a real directory by two threads, while an agent watches, polls all besides (every third seed), is
 * stopped, killed, and floods; the tree is rebuilt from the published events alone and compared with the disk at each rest.
 * Settable: {@code -Dweir.seed}, {@code -Dweir.rounds}, and {@code -Dweir.watches}, the most watches that it gets.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RandomisedAgentTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private static final int ROUNDS = Integer.getInteger("weir.rounds", 3);
    private static final int WATCHES = Integer.getInteger("weir.watches", Integer.MAX_VALUE);
    private static final int SMALL_QUEUE = 4_000;

    @TempDir
    Path dir;

    @Test
    void theTreeCanBeRebuiltFromWhatIsPublishedThroughStopsKillsAndOverflows() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            Path base = Files.createDirectories(dir.resolve("s" + seed));
            try (Sequence sequence = new Sequence(seed, base)) {
                sequence.run();
            }
            RealTree.delete(base.toString());
        }
    }

    /** One agent, or one after the other, over one tree. */
    private static final class Sequence implements AutoCloseable {
        private final long seed;
        private final Random random;
        private final Path base;
        private final Path in;
        private final Path out;
        private final boolean overflows;
        private final boolean polls;
        private final Unpromised unpromised = new Unpromised();
        private final PublishedTree tree = new PublishedTree(unpromised);
        private final ExecutorService users = Executors.newFixedThreadPool(2);
        private Path data;
        private LateOutlet outlet = new LateOutlet(tree);
        private @Nullable AgentCore agent;
        private int phase;
        private int stores;

        Sequence(long seed, Path base) throws Exception {
            this.seed = seed;
            this.random = new Random(seed);
            this.base = base.toRealPath();
            in = Files.createDirectories(this.base.resolve("in"));
            out = Files.createDirectories(this.base.resolve("out"));
            data = this.base.resolve("data0");
            overflows = random.nextInt(3) == 0;
            polls = seed % 3 == 0;
        }

        void run() throws Exception {
            operations(0).run(random.nextInt(150));
            start();
            rest();
            tree.owesNothing();
            for (phase = 1; phase <= 3; phase++) {
                int what = random.nextInt(4);
                tree.note("phase " + phase + ": "
                        + List.of("on", "stopped", "killed", "killed").get(what));
                if (what == 1) {
                    stop();
                }
                List<Future<?>> running = new ArrayList<>();
                for (int user = 1; user <= 2; user++) {
                    RandomOperations operations = operations(user);
                    int count = 1 + random.nextInt(300);
                    running.add(users.submit(() -> {
                        operations.run(count);
                        return null;
                    }));
                }
                if (what == 1) {
                    await(running);
                    start();
                } else if (what > 1) {
                    kill();
                    start();
                }
                await(running);
                rest();
            }
        }

        private static void await(List<Future<?>> running) throws Exception {
            for (Future<?> future : running) {
                future.get();
            }
        }

        private RandomOperations operations(int user) {
            return RandomOperations.of(new Random(seed * 1009 + phase * 31L + user), List.of(in, in, out), unpromised);
        }

        private void start() {
            InotifySettings settings = InotifySettings.of(List.of(WatchRoot.ofVolume("v", in, true)))
                    .withMarks(Map.of("v", data.resolve("marks/v")))
                    .withQueueBytes(overflows ? SMALL_QUEUE : InotifySettings.DEFAULT_QUEUE_BYTES);
            AgentConfig config = AgentConfig.of("a", "h", data)
                    .withInitial(AgentConfig.InitialScan.EMIT)
                    .withCoalesce(Duration.ofMillis(10));
            outlet = new LateOutlet(tree);
            Polling polling = new Polling(polls ? Set.of(in) : Set.of(), Duration.ofMillis(100));
            InotifySource source = new InotifySource(settings.withPolling(polling), this::kernel, HandOver.thread());
            agent = AgentCore.open(config, new TracingSource(source, tree::trace), outlet);
            agent.start();
            tree.note("started");
        }

        private Kernel kernel() throws PosixException {
            return new TracingKernel(new LimitedKernel(Kernel.open(), WATCHES), tree::trace);
        }

        private void stop() {
            outlet.prompt();
            close(agent);
            tree.note("stopped");
        }

        /** What the store holds at some moment is all that the next agent has. */
        private void kill() throws SQLException, java.io.IOException {
            long until = System.nanoTime() + random.nextInt(20_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            outlet.cut();
            tree.note("killed");
            Path next = Files.createDirectories(base.resolve("data" + ++stores));
            try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("agent.db"));
                    var copy = store.prepareStatement("VACUUM INTO ?")) {
                copy.setString(1, next.resolve("agent.db").toString());
                copy.execute();
            }
            // It delivers nothing any more, but would wait for that.
            Thread.currentThread().interrupt();
            close(agent);
            Thread.interrupted();
            data = next;
        }

        private static void close(@Nullable AgentCore agent) {
            Objects.requireNonNull(agent).close();
        }

        private void rest() throws Exception {
            String last = "rest" + phase;
            Files.writeString(in.resolve(last), last);
            boolean atRest = comesToRest(last);
            try {
                assertThat(atRest ? List.of() : differences())
                        .as("seed %d, phase %d: run with -Dweir.seed=%d -Dweir.rounds=1", seed, phase, seed)
                        .isEmpty();
                assertThat(tree.faults()).as("seed %d: faults", seed).isEmpty();
                assertThat(atRest ? List.of() : neverWritten())
                        .as("seed %d: never written", seed)
                        .isEmpty();
            } catch (AssertionError e) {
                Path log = FailureLog.write("agent", seed, tree.lines());
                throw new AssertionError(e.getMessage() + "\nwhat was published: " + log, e);
            }
        }

        /** Once is enough: a poll may still find what an event could not show, and tell when that is written an interval later. */
        private boolean comesToRest(String last) {
            try {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> tree.files().containsKey("/" + last)
                                && differences().isEmpty()
                                && neverWritten().isEmpty());
                return true;
            } catch (ConditionTimeoutException e) {
                return false; // what differs is told by who asks
            }
        }

        private List<String> neverWritten() {
            return phase == 0 ? List.of() : tree.neverWritten();
        }

        private List<String> differences() throws PosixException {
            Map<String, Known> disk = RealTree.below(in);
            return RealTree.differences(disk, tree.files(), unpromised);
        }

        @Override
        public void close() {
            users.shutdownNow();
            if (agent != null) {
                outlet.prompt();
                agent.close();
            }
        }
    }
}
