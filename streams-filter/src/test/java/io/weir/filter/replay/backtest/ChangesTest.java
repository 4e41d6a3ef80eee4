package io.weir.filter.replay.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Decision;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private final Changes changes = new Changes();

    private static Decision decision(String event, String outcome, @Nullable Position late) {
        return Decision.newBuilder()
                .setEventId(event)
                .setVolume("v")
                .setPath("/p")
                .setType("created")
                .setPartition(0)
                .setOffset(0)
                .setRulesOffset(5)
                .setOutcome(outcome)
                .setRules(List.of(new RuleDecision("r", outcome, List.of(), null)))
                .setDecidedAt(late)
                .build();
    }

    private void hit(boolean tried, String event, String outcome) {
        changes.hit(tried, Instant.EPOCH, decision(event, outcome, null));
    }

    private SortedMap<String, BacktestReport.Change> result() {
        SortedMap<String, BacktestReport.Change> all = new TreeMap<>();
        changes.addTo(all);
        return all;
    }

    @Test
    void anEventThatBothMatchIsNoChange() {
        hit(true, "a:1:1", "matched");
        hit(false, "a:1:1", "shadowed");
        changes.settle();
        assertThat(result()).isEmpty();
    }

    @Test
    void whatOnlyOneMatchesIsToldWithExamples() {
        hit(true, "a:1:1", "matched");
        changes.settle();
        hit(false, "a:1:2", "matched");
        changes.settle();
        hit(false, "a:1:3", "suppressed");
        changes.settle();
        BacktestReport.Change change = Objects.requireNonNull(result().get("r"));
        assertThat(change.added()).isEqualTo(1);
        assertThat(change.removed()).isEqualTo(1);
        assertThat(change.addedExamples())
                .extracting(BacktestReport.Example::event)
                .containsExactly("a:1:1");
        assertThat(change.removedExamples())
                .extracting(BacktestReport.Example::event)
                .containsExactly("a:1:2");
    }

    @Test
    void whatWaitsLongerOnOneSideIsHeldUntilTheOtherHasComeToIt() {
        changes.hit(true, Instant.EPOCH, decision("a:1:1", "matched", new Position("t", 0, 5L)));
        changes.settle();
        changes.hit(false, Instant.EPOCH, decision("a:1:1", "matched", new Position("t", 0, 9L)));
        changes.settle();
        assertThat(result()).isEmpty();
    }
}
