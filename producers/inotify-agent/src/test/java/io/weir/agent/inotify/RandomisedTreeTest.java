package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.randomised.FailureLog;
import io.weir.agent.randomised.RandomOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on real directories, by several threads that know nothing of each other; the tree is rebuilt from what
 * the source told, and compared with the disk: paths, file ids, modes, sizes. Settable: {@code -Dweir.seed},
 * {@code -Dweir.rounds}.
 */
@Timeout(600)
class RandomisedTreeTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private static final int ROUNDS = Integer.getInteger("weir.rounds", 3);

    @TempDir
    Path dir;

    @Test
    void theTreeCanBeRebuiltFromWhatIsTold() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            rebuild(SEED + round, false);
        }
    }

    @Test
    void theTreeCanBeRebuiltThroughOverflows() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            rebuild(SEED + 1000 + round, true);
        }
    }

    private void rebuild(long seed, boolean overflows) throws Exception {
        Path base = dir.resolve("s" + seed);
        try (Bench bench = new Bench(base)) {
            Path other = Files.createDirectories(base.resolve("other"));
            RandomOperations before = RandomOperations.plain(new Random(~seed), List.of(bench.in, other, bench.out));
            before.run(300);
            bench.roots(new WatchRoot("v", "/", bench.in, true), new WatchRoot("w", "/", other, true));
            if (overflows) {
                bench.settings(s -> s.withQueueBytes(2000));
            }
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RandomOperations operations =
                        RandomOperations.plain(new Random(seed * 31 + i), List.of(bench.in, other, bench.out));
                running.add(threads.submit(() -> {
                    operations.run(1500);
                    return null;
                }));
            }
            bench.startRemembering();
            for (Future<?> future : running) {
                future.get();
            }
            threads.shutdown();
            if (overflows) {
                settle(bench);
            } else {
                bench.sync();
            }
            check(seed, bench, other, overflows);
        }
    }

    /** A mark may itself be lost in an overflow. */
    private static void settle(Bench bench) {
        int[] mark = {0};
        org.awaitility.Awaitility.await()
                .pollInterval(java.time.Duration.ofMillis(20))
                .atMost(java.time.Duration.ofSeconds(90))
                .until(() -> {
                    bench.mark("settle-" + ++mark[0]);
                    List<String> lines = bench.recorder.lines();
                    boolean closed =
                            lines.stream().filter(l -> l.startsWith("gap ")).count()
                                    == lines.stream()
                                            .filter(l -> l.startsWith("gap-closed "))
                                            .count();
                    return closed
                            && java.util.stream.IntStream.rangeClosed(1, mark[0])
                                    .anyMatch(i -> i > mark[0] - 5 && bench.recorder.isAtRestAfter("settle-" + i));
                });
    }

    private static void check(long seed, Bench bench, Path other, boolean overflows) throws IOException {
        TreeModel model = TreeModel.of(bench.recorder.all());
        Map<String, String> disk = new TreeMap<>(TreeModel.disk("v", bench.in, bench.source()));
        disk.putAll(TreeModel.disk("w", other, bench.source()));
        try {
            assertThat(TreeModel.differences(disk, model.files()))
                    .as("seed %d: run with -Dweir.seed=%d -Dweir.rounds=1", seed, seed)
                    .isEmpty();
            assertThat(model.orphans)
                    .as("seed %d: told before its directory", seed)
                    .isEmpty();
            if (!overflows) {
                assertThat(model.twice).as("seed %d: told twice", seed).isEmpty();
            }
        } catch (AssertionError e) {
            Path log = FailureLog.write("tree", seed, bench.recorder.lines());
            throw new AssertionError(e.getMessage() + "\nwhat was told: " + log, e);
        }
    }
}
