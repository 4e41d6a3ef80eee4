package io.weir.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Decision;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.DeadLetter;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordLinesTest {
    @Test
    void ticksAndSourceHalvesOfMovesAreNotShown() {
        assertThat(RecordLines.of(SampleEvents.event("tick", "/").build(), Optional.empty()))
                .isEmpty();
        assertThat(RecordLines.of(
                        SampleEvents.event("moved", "/a").setHalf("source").build(), Optional.empty()))
                .isEmpty();
        assertThat(RecordLines.of(SampleEvents.event("moved", "/a").build(), Optional.empty()))
                .get()
                .isInstanceOf(Line.Event.class);
        assertThat(RecordLines.of(SampleEvents.gap(), Optional.empty())).get().isInstanceOf(Line.Gap.class);
    }

    @Test
    void matchNamesTheRulesThatAct() {
        Line line =
                show(decision("matched", null, rule("a", "matched", List.of("x")), rule("b", "shadowed", List.of())));

        assertThat(line).isEqualTo(new Line.Match(List.of("a"), List.of("x"), "h:1:1", "written", "inbox", "/f"));
    }

    @Test
    void suppressedNamesItsCause() {
        Line line = show(decision("suppressed", "action-1", rule("a", "suppressed", List.of())));

        assertThat(line)
                .isEqualTo(new Line.Suppressed(
                        "suppressed",
                        List.of("a"),
                        "h:1:1",
                        "written",
                        "inbox",
                        "/f",
                        Optional.of("action-1"),
                        Optional.of("window"),
                        Optional.empty()));
    }

    @Test
    void statusOfAnApplyIsShownOnlyIfItFailed() {
        assertThat(RecordLines.of(status("#apply", "accepted"), new RecordHeaders()))
                .isEmpty();
        assertThat(RecordLines.of(status("#apply", "rejected"), new RecordHeaders()))
                .isPresent();
        assertThat(RecordLines.of(status("r", "accepted"), new RecordHeaders()))
                .contains(new Line.Rule("r", "accepted", List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void aPathForWhichARuleIsSuspendedIsShownUntilItsStatusIsDeleted() {
        RuleStatus tripped = RuleStatus.newBuilder(status("r", "tripped"))
                .setFaults(List.of("why"))
                .setVolume("inbox")
                .setPath("/a:b")
                .build();
        assertThat(RecordLines.of(tripped, new RecordHeaders()))
                .contains(new Line.Rule("r", "tripped", List.of("why"), Optional.of("inbox"), Optional.of("/a:b")));
        assertThat(RecordLines.ofDeletedStatus("r:inbox:/a:b"))
                .contains(new Line.Rule("r", "reset", List.of(), Optional.of("inbox"), Optional.of("/a:b")));
        assertThat(RecordLines.ofDeletedStatus("r")).isEmpty();
    }

    @Test
    void alertsAreShownAndResetsAreNot() {
        assertThat(RecordLines.of(SampleEvents.alert(), new RecordHeaders()))
                .contains(new Line.Alert(SampleEvents.alert()));
        assertThat(RecordLines.of(SampleEvents.event("reset", "/a").build(), Optional.empty()))
                .isEmpty();
    }

    @Test
    void deadLetterIsAnErrorThatTellsWhere() {
        RecordHeaders headers = new RecordHeaders();
        new DeadLetter("filter", "no worker for volume", "volume='x'", "weir.file-events", 3, 7).write(headers);

        assertThat(RecordLines.ofDeadLetter(headers))
                .get()
                .extracting(line -> ((Line.Failure) line).message())
                .asString()
                .startsWith("filter: no worker for volume: volume='x' (weir.file-events-3@7");
    }

    private static Line show(Decision decision) {
        return RecordLines.of(decision, new RecordHeaders()).orElseThrow();
    }

    private static Decision decision(String outcome, @Nullable String causation, RuleDecision... rules) {
        return Decision.newBuilder()
                .setEventId("h:1:1")
                .setVolume("inbox")
                .setPath("/f")
                .setType("written")
                .setPartition(0)
                .setOffset(0)
                .setRulesOffset(0)
                .setOutcome(outcome)
                .setRules(List.of(rules))
                .setCausationId(causation)
                .setCausationEvidence(causation == null ? null : "window")
                .build();
    }

    private static RuleDecision rule(String id, String outcome, List<String> actions) {
        return RuleDecision.newBuilder()
                .setRule(id)
                .setOutcome(outcome)
                .setActionIds(actions)
                .build();
    }

    private static RuleStatus status(String rule, String status) {
        return RuleStatus.newBuilder()
                .setRule(rule)
                .setStatus(status)
                .setRulesOffset(1)
                .setFilter("f")
                .setAt(SampleEvents.TIME)
                .build();
    }
}
