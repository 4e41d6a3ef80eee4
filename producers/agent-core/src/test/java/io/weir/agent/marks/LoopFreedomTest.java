package io.weir.agent.marks;

import static org.assertj.core.api.Assertions.fail;

import io.weir.agent.marks.LoopSimulation.Disturbance;
import io.weir.agent.marks.LoopSimulation.Violation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The production judge under random schedules around one file; fast. The model of the whole chain is in the integration
 * tests, as is the test that each safeguard is missed. {@code -Dweir.schedules=N} runs more, {@code -Dweir.seed=N} runs one and prints
 * what happened.
 */
class LoopFreedomTest {
    private static final int SCHEDULES = Integer.getInteger("weir.schedules", 20_000);

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
}
