package io.weir.it.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.agent.marks.WeakenedJudge;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole chain under random schedules. {@code -Dweir.schedules=N} runs more, {@code -Dweir.first=N} from another seed on,
 * {@code -Dweir.minutes=N} for so long; {@code -Dweir.seed=N} runs one and prints what happened.
 */
class LoopModelTest {
    private static final int SCHEDULES = Integer.getInteger("weir.schedules", 5_000);
    private static final int FURTHER_SCHEDULES = 1_000;
    private static final int MUTATED = 20_000;
    /** Where rare violations were found last, to look there first; else they take a while. */
    private static final Map<String, Long> NEAR = Map.of(
            "ASPECTS", 1_060L,
            "COMPARE_AT_END", 110L,
            "BESIDE", 8_300L,
            "EVERY_ATTEMPT", 1_500L,
            "END_FOR_THE_DEAD", 3_720L,
            "MOVE_CHAINS", 4_430L,
            "DEPARTURES", 2_080L,
            "NO_NEWS", 210L,
            "LEDGER_FORGETS", 240L,
            "FILE_ID_UNCHECKED", 1_970L);

    private static final int NEARBY = 50;
    private static final int SHOWN = 20;

    private final long end = System.nanoTime() + Long.getLong("weir.minutes", 0) * 60_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void noEndlessLoopAndNoForeignChangeUnjudged() {
        Long seed = Long.getLong("weir.seed");
        try (Campaign campaign = new Campaign(directory, Mutations.NONE)) {
            List<String> violations = seed == null
                    ? campaign.violations(first(), this::isDue)
                    : campaign.violation(seed, true).stream().toList();
            if (!violations.isEmpty()) {
                fail(violations.size() + " violations; run one with -Dweir.seed:\n"
                        + String.join("\n", violations.subList(0, Math.min(SHOWN, violations.size()))));
            }
            assertThat(campaign.actions()).as("actions").isPositive();
        }
    }

    @Test
    void norWhereFilesAreGivenAwayAndWholeTreesAreChanged() {
        try (Campaign campaign = new Campaign(directory, Mutations.NONE)) {
            assertThat(campaign.violations(Rules.FURTHER_SEEDS, seed -> seed < Rules.FURTHER_SEEDS + FURTHER_SCHEDULES))
                    .isEmpty();
        }
    }

    @Test
    void norWhereFilesAreCopiedDeletedAndReplaced() {
        try (Campaign campaign = new Campaign(directory, Mutations.NONE)) {
            assertThat(campaign.violations(Rules.COPYING_SEEDS, seed -> seed < Rules.COPYING_SEEDS + FURTHER_SCHEDULES))
                    .isEmpty();
        }
    }

    private static long first() {
        return Long.getLong("weir.first", 0);
    }

    private boolean isDue(long seed) {
        return Long.getLong("weir.minutes") == null ? seed < first() + SCHEDULES : System.nanoTime() < end;
    }

    @Test
    void aScheduleIsDecidedByItsSeed(@TempDir Path another) {
        try (Campaign one = new Campaign(directory, Mutations.NONE);
                Campaign two = new Campaign(another, Mutations.NONE)) {
            for (long seed = 1; seed <= 20; seed++) {
                assertThat(new Run(one, seed)).isEqualTo(new Run(two, seed));
            }
        }
    }

    /** How a schedule went. */
    private record Run(Optional<String> violation, long actions) {
        Run(Campaign campaign, long seed) {
            this(campaign.violation(seed, false), campaign.actions());
        }
    }

    static Stream<Mutations> mutations() {
        // Others stand behind it by now, so it takes tens of thousands of schedules; LoopFreedomTest needs a few.
        Stream<Mutations> ofAgent = WeakenedJudge.safeguards().stream()
                .filter(name -> !name.equals("AHEAD"))
                .map(name -> new Mutations(Set.of(name), Set.of()));
        // Without what earlier attempts declared no violation was seen in 45,000 schedules; CrashTest tests that.
        Stream<Mutations> ofOthers = Arrays.stream(Mutation.values())
                .filter(m -> m != Mutation.EARLIER_ATTEMPTS_UNSEEN)
                .map(m -> new Mutations(Set.of(), Set.of(m)));
        return Stream.concat(ofAgent, ofOthers);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void eachSafeguardTakenAwayIsMissed(Mutations mutations) {
        long near = NEAR.getOrDefault(mutations.name(), 0L);
        LongStream seeds = LongStream.concat(
                LongStream.range(near, near + NEARBY),
                LongStream.range(0, MUTATED).filter(seed -> seed < near || seed >= near + NEARBY));
        try (Campaign campaign = new Campaign(directory, mutations)) {
            OptionalLong found = seeds.filter(
                            seed -> campaign.violation(seed, false).isPresent())
                    .findFirst();
            if (found.isPresent()) {
                System.out.println("without " + mutations + ": seed " + found.getAsLong());
                return;
            }
        }
        fail("without " + mutations + " no violation in " + MUTATED + " schedules");
    }
}
