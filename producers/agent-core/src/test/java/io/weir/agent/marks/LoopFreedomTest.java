package io.weir.agent.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.agent.marks.LoopSimulation.Disturbance;
import io.weir.agent.marks.LoopSimulation.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The production judge under random schedules. {@code -Dweir.schedules=N} runs more, {@code -Dweir.seed=N} runs one and prints
 * what happened.
 */
class LoopFreedomTest {
    private static final int SCHEDULES = Integer.getInteger("weir.schedules", 20_000);
    private static final int MUTATED = 20_000;

    @Test
    void noEndlessLoopAndNoForeignChangeUnjudged() {
        check(Set.of());
    }

    @Test
    void norThroughOverflowsAndKillsOfTheAgent() {
        check(EnumSet.allOf(Disturbance.class));
    }

    private static void check(Set<Disturbance> disturbances) {
        Long seed = Long.getLong("weir.seed");
        List<String> violations = new ArrayList<>();
        for (long s = seed == null ? 0 : seed; s < (seed == null ? SCHEDULES : seed + 1); s++) {
            try {
                LoopSimulation simulation = new LoopSimulation(s, EnumSet.allOf(Safeguard.class), seed != null);
                simulation.run(disturbances);
            } catch (Violation e) {
                violations.add(e.getMessage());
            }
        }
        if (!violations.isEmpty()) {
            fail(violations.size() + " violations; run one with -Dweir.seed: "
                    + String.join(
                            "",
                            violations.subList(0, Math.min(Integer.getInteger("weir.show", 5), violations.size()))));
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachSafeguardTakenAwayIsMissed(Safeguard safeguard) {
        EnumSet<Safeguard> left = EnumSet.complementOf(EnumSet.of(safeguard));
        for (long seed = 0; seed < MUTATED; seed++) {
            try {
                new LoopSimulation(seed, left, false).run(EnumSet.allOf(Disturbance.class));
            } catch (Violation e) {
                assertThat(e).hasMessageStartingWith("seed " + seed);
                return;
            }
        }
        fail("without " + safeguard + " no violation in " + MUTATED + " schedules");
    }
}
