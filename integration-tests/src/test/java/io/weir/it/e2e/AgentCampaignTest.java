package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.e2e.AgentCampaign.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random operations on a real directory under a real agent, broker and registry, through kills, outages, overflows and full
 * spools. Settable: {@code -Dweir.seed}, {@code -Dweir.rounds}; with rounds, each has all troubles in an order of its own,
 * without, it is one short one.
 */
@Timeout(value = 8, unit = TimeUnit.HOURS)
class AgentCampaignTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private static final int ROUNDS = Integer.getInteger("weir.rounds", 0);

    @TempDir
    Path home;

    @Test
    void theTreeCanBeRebuiltFromTheTopicThroughKillsOutagesOverflowsAndFullSpools() throws Exception {
        if (ROUNDS == 0) {
            run(SEED, List.of(Trouble.BROKER_AND_AGENT_KILLED, Trouble.AGENT_FROZEN));
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Trouble> troubles = new ArrayList<>(List.of(Trouble.values()));
            Collections.shuffle(troubles, new Random(SEED + round));
            run(SEED + round, troubles);
        }
    }

    private void run(long seed, List<Trouble> troubles) throws Exception {
        try (AgentCampaign campaign = new AgentCampaign(seed, Files.createDirectory(home.resolve("s" + seed)))) {
            for (Trouble trouble : troubles) {
                campaign.phase(trouble);
            }
            System.out.println(campaign.summary());
            assertThat(campaign.sawGap("overflow"))
                    .as("that the kernel's queue overflowed")
                    .isTrue();
            assertThat(campaign.sawGap("agent-stopped"))
                    .as("that the agent did not run")
                    .isTrue();
            assertThat(campaign.sawGap("spool-full"))
                    .as("that the spool was full")
                    .isEqualTo(troubles.contains(Trouble.SPOOL_FULL));
        }
    }
}
