package io.weir.it.e2e;

import io.weir.it.e2e.LoopCampaign.Trouble;
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
 * Rules that provoke themselves and each other act once for each change from outside, whatever dies meanwhile. Settable:
 * {@code -Dweir.seed}, {@code -Dweir.rounds}; with rounds, each has all troubles twice in an order of its own, without, it is
 * one short one.
 */
@Timeout(value = 8, unit = TimeUnit.HOURS)
class LoopCampaignTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private static final int ROUNDS = Integer.getInteger("weir.rounds", 0);

    @TempDir
    Path home;

    @Test
    void thereAreAsManyActionsAsForeignChangesThroughKillsAndOverflows() throws Exception {
        if (ROUNDS == 0) {
            run(
                    SEED,
                    3,
                    12,
                    List.of(
                            Trouble.WORKERS_AND_AGENT_KILLED,
                            Trouble.AGENT_FROZEN_UNTIL_THE_QUEUE_OVERFLOWS,
                            Trouble.WORKER_KILLED));
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Trouble> troubles = new ArrayList<>(List.of(Trouble.values()));
            troubles.addAll(List.of(Trouble.values()));
            Collections.shuffle(troubles, new Random(SEED + round));
            run(SEED + round, 8, 60, troubles);
        }
    }

    private void run(long seed, int each, int changes, List<Trouble> troubles) throws Exception {
        Path directory = Files.createDirectory(home.resolve("s" + seed));
        try (LoopCampaign campaign = new LoopCampaign(seed, directory, each, changes)) {
            campaign.run(troubles);
            System.out.println(campaign.summary());
        }
    }
}
