package io.weir.agent.qumulo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.qumulo.randomised.RandomChanges;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.settings.OverflowForm;
import io.weir.qumulo.emulator.settings.Privileges;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes while streams break, tokens expire and events are lost. {@code weir.qumulo.seed} sets the first seed,
 * {@code weir.qumulo.runs} how many are tried, {@code weir.qumulo.changes} how many changes each makes, {@code weir.qumulo.breaks} about how often the
 * stream is broken meanwhile.
 */
@Timeout(600)
class RandomTroubleTest {
    private static final int FIRST = Integer.getInteger("weir.qumulo.seed", 1);
    private static final int RUNS = Integer.getInteger("weir.qumulo.runs", 4);
    private static final int CHANGES = Integer.getInteger("weir.qumulo.changes", 2_000);

    private static final List<OverflowForm> FORMS = List.of(OverflowForm.values());

    private static final int BREAKS = Integer.getInteger("weir.qumulo.breaks", 10);

    @TempDir
    Path directory;

    static IntStream seeds() {
        return IntStream.range(FIRST, FIRST + RUNS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTreeIsToldAsItIs(int seed) throws Exception {
        run(seed, true);
    }

    /** A tree that changes while it is walked is not read at one moment; in the end it is told as it is. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theTreeIsToldAsItIsInTheEndWhereItMustBeWalked(int seed) throws Exception {
        run(seed, false);
    }

    private void run(int seed, boolean snapshots) throws Exception {
        var random = new Random(seed);
        var settings = new QumuloSettings(
                100_000, Duration.ofSeconds(2), Duration.ofMillis(150), Duration.ofMillis(20), Duration.ofMillis(500));
        try (var cluster = QumuloEmulator.start();
                var agent = new ClusterAgent(cluster, directory, settings)) {
            cluster.switches().keepalive(Duration.ofMillis(500)).pageLimit(50);
            if (!snapshots) {
                cluster.accounts().withdraw(Privileges.SNAPSHOT_WRITE);
            }
            agent.wanting((type, path) -> true).start();
            var load = new RandomChanges(cluster, random);
            int breaks = 0;
            for (int i = 1; i <= CHANGES; i++) {
                load.change();
                if (random.nextInt(CHANGES / BREAKS) == 0) {
                    trouble(cluster, random);
                    breaks++;
                } else if (random.nextInt(CHANGES / BREAKS) == 0) {
                    agent.caughtUp();
                }
            }
            cluster.faults().clear();
            agent.caughtUp().followsAgainAfter(0).caughtUp();
            List<String> faults = agent.mirror().faults();
            assertThat(faults)
                    .as("seed %d, %d breaks%n%s", seed, breaks, agent.about(faults))
                    .isEmpty();
            var missing = agent.paths();
            missing.removeAll(agent.mirror().paths());
            var surplus = agent.mirror().paths();
            surplus.removeAll(agent.paths());
            assertThat(missing)
                    .as("seed %d: not told%n%s", seed, agent.about(missing))
                    .isEmpty();
            assertThat(surplus)
                    .as("seed %d: gone%n%s", seed, agent.about(surplus))
                    .isEmpty();
            assertThat(agent.differingStates())
                    .as("seed %d: not as told last", seed)
                    .isEmpty();
        }
    }

    private static void trouble(QumuloEmulator cluster, Random random) {
        var faults = cluster.faults();
        switch (random.nextInt(9)) {
            case 0 -> faults.resetStreams();
            case 1 -> faults.endStreams();
            case 2 -> faults.endStreamsInMidLine();
            case 3 -> faults.cutStreams();
            case 4 -> {
                cluster.switches().overflowForm(FORMS.get(random.nextInt(FORMS.size())));
                faults.overflowStreams();
            }
            case 5 -> {
                faults.expireTokens();
                faults.resetStreams();
            }
            case 6 -> {
                faults.unavailable(random.nextInt(4));
                faults.resetStreams();
            }
            case 7 -> faults.resetConnections();
            default -> {
                faults.loseAnswers(random.nextInt(4));
                faults.resetStreams();
            }
        }
    }
}
