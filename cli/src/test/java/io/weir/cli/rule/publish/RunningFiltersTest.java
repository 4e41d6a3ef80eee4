package io.weir.cli.rule.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunningFiltersTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final PublishedApply APPLY = new PublishedApply("mine", 10, NOW);

    private final List<String> taking = new ArrayList<>();
    private final RunningFilters filters = new RunningFilters(APPLY, taking::add);

    @Test
    void completeWhenAllThatRunHaveIt() {
        alive("a", 0);
        alive("b", 0);
        assertThat(filters.isComplete()).isFalse();

        filters.rule(status("a", Keys.APPLY, "accepted", "mine", 10));
        assertThat(filters.isComplete()).isFalse();
        filters.rule(status("b", Keys.APPLY, "accepted", "mine", 10));
        filters.rule(status("b", Keys.APPLY, "accepted", "mine", 10));

        assertThat(filters.isComplete()).isTrue();
        assertThat(taking).containsExactly("a", "b");
        assertThat(filters.outcome(Duration.ZERO).isAccepted()).isTrue();
    }

    @Test
    void stoppedAndLongSilentFiltersAndOtherComponentsDoNotCount() {
        alive("stopped", 0);
        filters.component(component("filter", "stopped", "stopped", 0), NOW);
        filters.component(component("filter", "silent", "running", 0), NOW.minusSeconds(16));
        filters.component(component("agent", "agent", "running", 0), NOW);

        assertThat(filters.isEmpty()).isTrue();
        assertThat(filters.outcome(Duration.ZERO).isUnheard()).isTrue();
    }

    @Test
    void filterWithALaterApplyHasThisOneToo() {
        alive("a", 0);

        filters.rule(status("a", Keys.APPLY, "accepted", "later", 20));
        assertThat(filters.isComplete()).isTrue();
    }

    @Test
    void wordAboutAnEarlierApplyDoesNotCount() {
        alive("a", 0);

        filters.rule(status("a", Keys.APPLY, "accepted", "earlier", 9));

        assertThat(filters.isComplete()).isFalse();
        ApplyOutcome outcome = filters.outcome(Duration.ofSeconds(3));
        assertThat(outcome.missing()).containsExactly(Map.entry("a", Duration.ofSeconds(3)));
        assertThat(outcome.isAccepted()).isFalse();
    }

    @Test
    void signsOfLifeCountOnceSettled() {
        alive("a", 10);
        assertThat(filters.isComplete()).isFalse();

        filters.settle();

        assertThat(filters.isComplete()).isTrue();
    }

    @Test
    void rejectedRulesAndRefusedAppliesAreNoSuccess() {
        alive("a", 0);
        filters.rule(status("a", "x", "rejected", "mine", 10));
        filters.rule(status("b", "x", "rejected", "mine", 10));
        filters.rule(status("a", "y", "rejected", "other", 10));
        filters.rule(status("a", Keys.APPLY, "accepted", "mine", 10));

        ApplyOutcome outcome = filters.outcome(Duration.ZERO);
        assertThat(outcome.rejections()).extracting(RuleStatus::getRule).containsExactly("x");
        assertThat(outcome.isAccepted()).isFalse();

        filters.rule(status("a", Keys.APPLY, "rejected", "mine", 10));
        assertThat(filters.isComplete()).isTrue();
        assertThat(filters.outcome(Duration.ZERO).refused()).isPresent();
    }

    private void alive(String id, long rulesOffset) {
        filters.component(component("filter", id, "running", rulesOffset), NOW);
    }

    private static ComponentStatus component(String kind, String id, String state, long rulesOffset) {
        return ComponentStatus.newBuilder()
                .setKind(kind)
                .setId(id)
                .setVersion("1")
                .setHost("host")
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setState(state)
                .setFigures(Map.of("rules-offset", rulesOffset))
                .build();
    }

    private static RuleStatus status(String filter, String rule, String status, String applyId, long offset) {
        return RuleStatus.newBuilder()
                .setRule(rule)
                .setStatus(status)
                .setRulesOffset(offset)
                .setApplyId(applyId)
                .setFilter(filter)
                .setAt(Instant.EPOCH)
                .build();
    }
}
