package io.weir.filter.replay.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.replay.verify.Finding.Kind;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.serde.WeirRecords;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActionCheckTest {
    static {
        WeirRecords.trust();
    }

    private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
    private static final TopicPartition ACTIONS = new TopicPartition("weir.actions.v", 0);
    private static final Instant OVER = NOW.minusSeconds(1);

    private final Findings findings = new Findings(10);
    private final ActionCheck check = new ActionCheck(0, 1, findings);

    private void decision(List<String> actions, @Nullable String cause) {
        Decision decision = Decision.newBuilder()
                .setEventId("a:1:1")
                .setVolume("v")
                .setPath("/p")
                .setType("created")
                .setPartition(0)
                .setOffset(0)
                .setRulesOffset(5)
                .setOutcome(cause == null ? "matched" : "suppressed")
                .setRules(List.of(new RuleDecision("r", "matched", actions, null)))
                .setCausationId(cause)
                .build();
        check.decision(decision, "weir.decisions-0@7", NOW.toEpochMilli(), true, true);
    }

    private static ActionRequest request(String id, Instant notAfter) {
        FileEvent event = FileEvent.newBuilder()
                .setType("created")
                .setVolume("v")
                .setPath("/p")
                .setAgent("a")
                .setEpoch(1)
                .setSequence(1)
                .setObservedAt(Instant.EPOCH)
                .setHost("h")
                .build();
        return ActionRequest.newBuilder()
                .setId(id)
                .setRule("r")
                .setRulesOffset(5)
                .setPosition(0)
                .setAction("quarantine")
                .setParameters(Map.of())
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(0)
                .setNotAfter(notAfter)
                .build();
    }

    private void requested(String id, Instant notAfter) {
        check.request(request(id, notAfter), ACTIONS, "weir.actions.v-0@3", NOW.toEpochMilli());
    }

    private void done(String id) {
        ActionResult result = ActionResult.newBuilder()
                .setActionId(id)
                .setAttempt(1)
                .setOutcome("done")
                .setRule("r")
                .setAction("quarantine")
                .setVolume("v")
                .setPath("/p")
                .setEventId("a:1:1")
                .setWorker("w")
                .setStartedAt(Instant.EPOCH)
                .setFinishedAt(Instant.EPOCH)
                .build();
        check.result(result, "weir.action-results-0@1", NOW.toEpochMilli());
    }

    private List<Kind> kinds() {
        return findings.shown().stream().map(Finding::kind).toList();
    }

    private long report() {
        return check.report(Optional.empty(), Instant.MIN, NOW);
    }

    @Test
    void aMatchWithRequestAndResultAndItsEchoAreAsTheyShouldBe() {
        decision(List.of("act"), null);
        decision(List.of(), "act");
        requested("act", OVER);
        done("act");
        assertThat(report()).isZero();
        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void aMatchWithoutItsRequestIsNamed() {
        decision(List.of("act"), null);
        report();
        assertThat(kinds()).containsExactly(Kind.NO_REQUEST);
        assertThat(findings.shown().get(0).place()).isEqualTo("weir.decisions-0@7");
        assertThat(findings.shown().get(0).what()).contains("action 'act' of rule 'r' on v:/p");
    }

    @Test
    void aRequestWithoutResultIsNamedOnceItsTimeIsOver() {
        decision(List.of("act", "open"), null);
        requested("act", OVER);
        requested("open", NOW.plusSeconds(1));
        assertThat(report()).isEqualTo(1);
        assertThat(kinds()).containsExactly(Kind.NO_RESULT);
        assertThat(findings.shown().get(0).place()).isEqualTo("weir.actions.v-0@3");
    }

    @Test
    void aRequestThatNobodyCouldCarryOutNeedsNoResult() {
        decision(List.of("act"), null);
        check.deadLetter(request("act", OVER));
        report();
        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void aRequestBehindOneForALaterEventIsOutOfOrder() {
        decision(List.of("later", "earlier"), null);
        ActionRequest later = ActionRequest.newBuilder(request("later", NOW.plusSeconds(1)))
                .setEventOffset(5)
                .build();
        check.request(later, ACTIONS, "weir.actions.v-0@3", NOW.toEpochMilli());
        check.request(request("earlier", NOW.plusSeconds(1)), ACTIONS, "weir.actions.v-0@4", NOW.toEpochMilli());
        report();
        assertThat(kinds()).containsExactly(Kind.ORDER);
        assertThat(findings.shown().get(0).place()).isEqualTo("weir.actions.v-0@4");
    }

    @Test
    void aRequestThatWasADeadLetterMayComeLate() {
        decision(List.of("later", "earlier"), null);
        ActionRequest later = ActionRequest.newBuilder(request("later", NOW.plusSeconds(1)))
                .setEventOffset(5)
                .build();
        check.request(later, ACTIONS, "weir.actions.v-0@3", NOW.toEpochMilli());
        check.deadLetter(request("earlier", OVER));
        check.request(request("earlier", OVER), ACTIONS, "weir.actions.v-0@4", NOW.toEpochMilli());
        report();
        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void aRequestThatNoDecisionSaysIsForged() {
        requested("act", OVER);
        report();
        assertThat(kinds()).containsExactly(Kind.FORGED);
    }

    @Test
    void aResultWithoutRequestIsForged() {
        done("act");
        report();
        assertThat(kinds()).containsExactly(Kind.FORGED);
    }

    @Test
    void anEchoWithoutItsActionIsNamed() {
        decision(List.of(), "act");
        report();
        assertThat(kinds()).containsExactly(Kind.NO_ACTION);
    }

    @Test
    void anEchoOfWhatMayHaveBeenDeletedIsNoFinding() {
        decision(List.of(), "act");
        check.report(Optional.of(NOW.minusSeconds(3_600)), Instant.MIN, NOW);
        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void inSeveralPassesEachIdIsLookedAtOnce() {
        long found = 0;
        for (int pass = 0; pass < 3; pass++) {
            Findings own = new Findings(100);
            ActionCheck one = new ActionCheck(pass, 3, own);
            for (int i = 0; i < 30; i++) {
                one.request(request("act-" + i, OVER), ACTIONS, "p", NOW.toEpochMilli());
            }
            one.report(Optional.empty(), Instant.MIN, NOW);
            found += own.counts().getOrDefault(Kind.FORGED, 0L);
        }
        assertThat(found).isEqualTo(30);
    }
}
