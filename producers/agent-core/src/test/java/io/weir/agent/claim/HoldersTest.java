package io.weir.agent.claim;

import static io.weir.agent.claim.Statuses.LEASE;
import static io.weir.agent.claim.Statuses.claim;
import static io.weir.agent.claim.Statuses.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.schemas.AgentClaim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoldersTest {
    private final Holders holders = new Holders(0);
    private final AgentClaim first = claim("i1", 1, "vol:/**");
    private final AgentClaim second = claim("i2", 2, "vol:/in");
    private long offset;

    private Holders.Verdict attempt(long time, String id, AgentClaim claim) {
        return holders.add(entry(offset++, time, id, claim, Step.ATTEMPT, null, null));
    }

    private void held(long time, String id, AgentClaim claim, long since, long previous) {
        holders.add(entry(offset++, time, id, claim, Step.HELD, since, previous));
    }

    private void released(long time, String id, AgentClaim claim, long since) {
        holders.add(entry(offset++, time, id, claim, Step.RELEASED, since, time));
    }

    private void assertHolds(AgentClaim claim) {
        assertThat(holders.holder(claim.getInstance())).isNotNull();
    }

    private void assertDoesNotHold(AgentClaim claim) {
        assertThat(holders.holder(claim.getInstance())).isNull();
    }

    @Test
    void theFirstAttemptSucceedsAndTheSecondIsBlockedByIt() {
        assertThat(attempt(0, "a", first).blockedBy()).isEmpty();
        assertThat(attempt(1, "b", second).blockedBy())
                .hasValueSatisfying(holder -> assertThat(holder.id()).isEqualTo("a"));
        assertHolds(first);
        assertDoesNotHold(second);
    }

    @Test
    void anAttemptSucceedsOnceTheOthersLeaseIsOverByTheLogsTime() {
        attempt(0, "a", first);
        held(5_000, "a", first, 0, 0);
        assertThat(attempt(4_999 + LEASE, "b", second).blockedBy()).isPresent();
        assertThat(attempt(5_000 + LEASE, "b", second).displaced())
                .extracting(Holder::id, Holder::last)
                .containsExactly(tuple("a", 5_000L));
        assertHolds(second);
        assertDoesNotHold(first);
    }

    @Test
    void whoWasDisplacedStaysSoWhateverItStillWrites() {
        attempt(0, "a", first);
        attempt(LEASE, "b", second);
        held(LEASE + 1, "a", first, 0, 2);
        assertDoesNotHold(first);
        released(LEASE + 2, "b", second, 1);
        held(LEASE + 3, "a", first, 0, 4);
        assertDoesNotHold(first);
    }

    @Test
    void aLeaseThatWasOverIsNotRenewedButClaimedAnew() {
        attempt(0, "a", first);
        held(LEASE, "a", first, 0, 0);
        assertThat(attempt(LEASE + 1, "b", second).blockedBy()).isEmpty();
        assertThat(attempt(LEASE + 2, "a", first).blockedBy()).isPresent();
        assertThat(attempt(2 * LEASE + 1, "a", first).blockedBy()).isEmpty();
        held(2 * LEASE + 2, "b", second, 2, LEASE + 3);
        assertHolds(first);
        assertDoesNotHold(second);
    }

    @Test
    void afterAReleaseTheNextAttemptSucceedsAtOnce() {
        attempt(0, "a", first);
        released(1, "a", first, 0);
        assertThat(attempt(2, "b", second).blockedBy()).isEmpty();
    }

    @Test
    void theSameDataDirectoryTakesOverAtOnceAndAnotherOneOfTheSameIdDoesNot() {
        attempt(0, "a", first);
        assertThat(attempt(1, "a", claim("i3", 9, "vol:/elsewhere")).blockedBy())
                .isPresent();
        AgentClaim again = claim("i4", 1, "vol:/**");
        assertThat(attempt(2, "a", again).blockedBy()).isEmpty();
        assertHolds(again);
        assertDoesNotHold(first);
    }

    @Test
    void anIdBelongsToOneProcessEvenIfTheSubtreesLieApart() {
        attempt(0, "a", claim("i1", 1, "vol:/x/**"));
        assertThat(attempt(1, "a", claim("i2", 2, "vol:/y/**")).blockedBy()).isPresent();
    }

    @Test
    void onlyWhoHoldsTellsSinceWhenSoStandbysTakeNothing() {
        holders.add(entry(offset++, 0, "a", first, Step.WAITING, null, null));
        holders.add(entry(offset++, 0, "a", first, Step.HELD, null, null));
        assertThat(attempt(1, "b", second).blockedBy()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "vol:/**, vol:/in/**, true",
        "vol:/**, vol:/in, true",
        "vol:/in, vol:/in, true",
        "vol:/in/**, vol:/in, true",
        "vol:/in, vol:/in/deep, false",
        "vol:/in, vol:/in/deep/**, false",
        "vol:/in/**, vol:/input/**, false",
        "vol:/in/**, vol:/out/**, false",
        "vol:/**, other:/**, false",
    })
    void subtreesOverlapWhereOneContainsTheOther(String a, String b, boolean overlap) {
        attempt(0, "a", claim("i1", 1, a));
        assertThat(attempt(1, "b", claim("i2", 2, b)).blockedBy().isPresent()).isEqualTo(overlap);
        offset = 0;
        Holders swapped = new Holders(0);
        swapped.add(entry(0, 0, "b", claim("i2", 2, b), Step.ATTEMPT, null, null));
        assertThat(swapped.add(entry(1, 1, "a", claim("i1", 1, a), Step.ATTEMPT, null, null))
                        .blockedBy()
                        .isPresent())
                .isEqualTo(overlap);
    }
}
