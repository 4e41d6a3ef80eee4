package io.weir.agent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.AgentClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random schedules of agents that start, die, pause and wake. {@code -Dweir.seed} repeats one. */
class CompactionTest {
    private static final List<String> SUBTREES =
            List.of("v:/**", "v:/a/**", "v:/a", "v:/a/b/**", "v:/b/**", "v:/b", "w:/**");
    private static final int ROUNDS = 1_000;
    private static final long COMPACTION_LAG = 120_000;

    private static final class Agent {
        private final String id;
        private final AgentClaim claim;
        private @Nullable Long since;
        private @Nullable Long previous;

        Agent(String id, AgentClaim claim) {
            this.id = id;
            this.claim = claim;
        }
    }

    private final long seed = Long.getLong("weir.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<ClaimLog.Entry> log = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();
    private Holders holders = new Holders(0);
    private long time;
    private int started;

    @Test
    void neverTwoHoldTheSameAndACompactedLogTellsTheSame() {
        System.out.println("CompactionTest: -Dweir.seed=" + seed);
        for (int round = 0; round < ROUNDS; round++) {
            log.clear();
            agents.clear();
            holders = new Holders(0);
            time = 0;
            for (int step = 0; step < 120; step++) {
                act();
                requireNoConflict();
            }
            Holders compacted = fold(compact());
            for (Agent agent : agents) {
                assertThat(live(compacted, agent))
                        .as("seed %d, round %d, %s %s", seed, round, agent.id, agent.claim.getInstance())
                        .isEqualTo(live(holders, agent));
            }
        }
    }

    private void act() {
        time += random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(3_000);
        if (agents.isEmpty() || random.nextInt(4) == 0) {
            int n = started++;
            String id = "agent" + random.nextInt(4);
            long epoch = random.nextInt(2);
            // The data directory is locked: who had it is dead.
            agents.removeIf(a -> a.id.equals(id) && a.claim.getEpoch() == epoch);
            agents.add(new Agent(id, Statuses.claim("i" + n, epoch, SUBTREES.get(random.nextInt(SUBTREES.size())))));
        }
        Agent agent = agents.get(random.nextInt(agents.size()));
        if (agent.since == null) {
            attempt(agent);
            return;
        }
        write(agent, random.nextInt(12) == 0 ? Step.RELEASED : Step.HELD);
        if (time - Objects.requireNonNull(agent.previous) < Statuses.LEASE) {
            agent.previous = time;
        } else { // It was paused, and knows only now.
            agent.since = null;
        }
    }

    private void attempt(Agent agent) {
        long offset = log.size();
        if (write(agent, Step.ATTEMPT).blockedBy().isEmpty()) {
            agent.since = offset;
            agent.previous = time;
            write(agent, Step.HELD);
        }
    }

    private Holders.Verdict write(Agent agent, String step) {
        ClaimLog.Entry entry =
                Statuses.entry(log.size(), time, agent.id, agent.claim, step, agent.since, agent.previous);
        log.add(entry);
        return holders.add(entry);
    }

    private void requireNoConflict() {
        List<Holder> all = agents.stream()
                .map(a -> holders.holder(a.claim.getInstance()))
                .filter(Objects::nonNull)
                .toList();
        for (Holder a : all) {
            for (Holder b : all) {
                assertThat(!a.equals(b)
                                && (a.id().equals(b.id())
                                        || a.overlap(b.claim()).isPresent()))
                        .as("seed %d: %s and %s", seed, a, b)
                        .isFalse();
            }
        }
    }

    private boolean live(Holders of, Agent agent) {
        Holder holder = of.holder(agent.claim.getInstance());
        return holder != null && holder.left(time) > 0;
    }

    /** The last of each key stays, what is younger than the lag, and by chance some others. */
    private List<ClaimLog.Entry> compact() {
        Map<String, Long> last = new HashMap<>();
        log.forEach(e -> last.put(e.status().getId(), e.position().offset()));
        Set<Long> kept = new HashSet<>(last.values());
        return log.stream()
                .filter(e -> kept.contains(e.position().offset())
                        || time - e.position().time() < COMPACTION_LAG
                        || random.nextInt(5) == 0)
                .toList();
    }

    private Holders fold(List<ClaimLog.Entry> entries) {
        Holders compacted = new Holders(time);
        entries.forEach(compacted::add);
        return compacted;
    }
}
