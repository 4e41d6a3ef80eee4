package io.weir.agent.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContestedTenureTest {
    private static final long HEARTBEAT = 5_000;

    private final FakeLog log = new FakeLog();
    private final List<String> takeovers = new ArrayList<>();
    private final Standing standing = new Standing();

    private ContestedTenure agent(String id, String instance, long epoch, boolean standby, String subtree) {
        return agent(id, instance, epoch, standby, subtree, new Standing());
    }

    private ContestedTenure agent(
            String id, String instance, long epoch, boolean standby, String subtree, Standing of) {
        return new ContestedTenure(
                id,
                Statuses.claim(instance, epoch, subtree),
                ClaimSettings.refused().withStandby(standby),
                claim -> Statuses.status(id, claim),
                log,
                log,
                of,
                (from, last) -> takeovers.add(from + " " + last),
                log::now);
    }

    private static boolean begin(Tenure tenure) throws InterruptedException {
        return tenure.begin(() -> false);
    }

    private static long tend(Tenure tenure) throws InterruptedException {
        return tenure.tend(() -> false);
    }

    /** While others wait, this one gives its signs of life. */
    private void alive(Tenure tenure) {
        log.whenWaiting(() -> {
            try {
                tend(tenure);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aloneItIsOfRecordAtOnceAndTellsSignsOfLife() throws InterruptedException {
        Tenure agent = agent("a", "i1", 1, false, "vol:/**", standing);
        long before = log.now();
        assertThat(begin(agent)).isTrue();
        assertThat(log.now()).isEqualTo(before);
        assertThat(standing.held()).isCompleted();
        assertThat(standing.fault()).isEmpty();
        for (int i = 0; i < 3; i++) {
            log.pass(HEARTBEAT);
            tend(agent);
        }
        agent.end();
        assertThat(log.steps("a")).containsExactly("attempt", "held", "held", "held", "held", "released");
        assertThat(takeovers).isEmpty();
    }

    @Test
    void aSecondOneIsRefusedByTheNameOfTheFirstAtItsNextSignOfLife() throws InterruptedException {
        Tenure first = agent("a", "i1", 1, false, "vol:/in/**");
        begin(first);
        alive(first);
        long before = log.now();
        assertThatThrownBy(() -> begin(agent("b", "i2", 2, false, "vol:/**", standing)))
                .isInstanceOf(NotOfRecordException.class)
                .hasMessageContaining(
                        "agent 'a' on host 'host-of-a' is the agent of record for 'vol:/in' with all below,"
                                + " which overlaps with 'vol:/' with all below of agent 'b'")
                .hasMessageContaining("expected one agent for each subtree");
        assertThat((log.now() - before) / 1_000_000).isBetween(1L, HEARTBEAT + 1_000);
    }

    @Test
    void aSecondProcessOfTheSameIdIsToldSo() throws InterruptedException {
        Tenure first = agent("a", "i1", 1, false, "vol:/x/**");
        begin(first);
        alive(first);
        assertThatThrownBy(() -> begin(agent("a", "i2", 2, false, "vol:/y/**")))
                .hasMessageContaining("agent id='a': an agent of this id runs on host 'host-of-a'")
                .isInstanceOfSatisfying(
                        NotOfRecordException.class, e -> assertThat(e.sameId()).isTrue());
    }

    @Test
    void whoFollowsADeadOneWaitsForItsLeaseAndIsToldSinceWhenNobodyWatched() throws InterruptedException {
        begin(agent("a", "i1", 1, false, "vol:/**"));
        long died = log.now() / 1_000_000;
        assertThat(begin(agent("b", "i2", 2, false, "vol:/**", standing))).isTrue();
        assertThat(log.now() / 1_000_000 - died).isBetween(Statuses.LEASE, Statuses.LEASE + 1_000);
        assertThat(takeovers).containsExactly("a " + died);
    }

    @Test
    void theSameDataDirectoryFollowsItsDeadProcessAtOnceAndThereIsNoGap() throws InterruptedException {
        begin(agent("a", "i1", 1, false, "vol:/**"));
        long died = log.now();
        assertThat(begin(agent("a", "i2", 1, false, "vol:/**"))).isTrue();
        assertThat(log.now()).isEqualTo(died);
        assertThat(takeovers).isEmpty();
    }

    @Test
    void oneThatStandsByTakesOverWhenTheFirstStopsInOrder() throws InterruptedException {
        Tenure first = agent("a", "i1", 1, false, "vol:/**");
        begin(first);
        long stopAt = log.now() + 60_000_000_000L;
        boolean[] stopped = new boolean[1];
        log.whenWaiting(() -> {
            try {
                if (log.now() < stopAt) {
                    tend(first);
                } else if (!stopped[0]) {
                    assertThat(standing.isStandby()).isTrue();
                    assertThat(standing.behind())
                            .hasValueSatisfying(who -> assertThat(who).contains("agent 'a' on host 'host-of-a'"));
                    first.end();
                    stopped[0] = true;
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(begin(agent("b", "i2", 2, true, "vol:/**", standing))).isTrue();
        assertThat(log.now() - stopAt).isLessThan(1_000_000_000L);
        assertThat(standing.isStandby()).isFalse();
        assertThat(log.steps("b")).startsWith("attempt").contains("waiting").endsWith("attempt", "held");
        assertThat(takeovers).hasSize(1);
    }

    @Test
    void whoWasNotHeardForLongReadsTheLogBeforeItGoesOn() throws InterruptedException {
        doubtsUntil(log::away);
        assertThat(standing.lost()).isNotDone();
    }

    /** While it has no acknowledgements for some reason, it doubts and says so; then it does not any more. */
    private void doubtsUntil(Consumer<Boolean> noAcknowledgements) throws InterruptedException {
        Tenure agent = agent("a", "i1", 1, false, "vol:/**", standing);
        begin(agent);
        noAcknowledgements.accept(true);
        log.pass(HEARTBEAT);
        tend(agent);
        log.pass(HEARTBEAT);
        int[] asked = new int[1];
        agent.tend(() -> {
            if (++asked[0] == 2) {
                assertThat(standing.fault())
                        .hasValueSatisfying(why -> assertThat(why).contains("not certain to be agent of record"));
                noAcknowledgements.accept(false);
            }
            return false;
        });
        assertThat(asked[0]).isGreaterThan(1);
        assertThat(standing.fault()).isEmpty();
    }

    @Test
    void anAcknowledgementThatComesLateEndsTheDoubtItCaused() throws InterruptedException {
        doubtsUntil(log::mute);
        assertThat(log.steps("a")).containsExactly("attempt", "held", "held");
    }

    @Test
    void whyAStatusCannotBeWrittenIsTold() throws InterruptedException {
        log.refuse(new IllegalStateException("the registry is away"));
        int[] asked = new int[1];
        boolean begun = agent("a", "i1", 1, false, "vol:/**", standing).begin(() -> {
            if (++asked[0] == 6) {
                assertThat(standing.fault()).hasValueSatisfying(why -> assertThat(why)
                        .contains("its status cannot be written: java.lang.IllegalStateException: the registry is"
                                + " away; what is seen waits in the spool"));
                log.refuse(null);
            }
            return false;
        });
        assertThat(begun).isTrue();
        assertThat(standing.fault()).isEmpty();
    }

    @Test
    void whoFindsThatAnotherHasTakenOverGivesUp() throws InterruptedException {
        Tenure paused = agent("a", "i1", 1, false, "vol:/**");
        begin(paused);
        begin(agent("b", "i2", 2, false, "vol:/in/**"));
        assertThatThrownBy(() -> tend(paused))
                .isInstanceOf(NotOfRecordException.class)
                .hasMessageContaining("this agent is no longer of record")
                .hasMessageContaining("agent 'b' on host 'host-of-b'");
    }

    @Test
    void aLeapOfTheLogsClockMakesItReadTheLog() throws InterruptedException {
        Tenure agent = agent("a", "i1", 1, false, "vol:/**");
        begin(agent);
        log.leap(Statuses.LEASE); // A new leader's clock is ahead of the former's.
        begin(agent("b", "i2", 2, false, "vol:/**"));
        log.pass(HEARTBEAT);
        assertThatThrownBy(() -> tend(agent)).isInstanceOf(NotOfRecordException.class);
    }

    @Test
    void aStopEndsTheWaiting() throws InterruptedException {
        Tenure first = agent("a", "i1", 1, false, "vol:/**");
        begin(first);
        alive(first);
        long end = log.now() + 30_000_000_000L;
        assertThat(agent("b", "i2", 2, true, "vol:/**").begin(() -> log.now() > end))
                .isFalse();
    }
}
