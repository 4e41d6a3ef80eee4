package io.weir.filter.replay.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.replay.verify.Finding.Kind;
import io.weir.schemas.Decision;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final TopicPartition EVENTS = new TopicPartition("weir.file-events", 2);
    private static final TopicPartition DECISIONS = new TopicPartition("weir.decisions", 0);

    private final Findings findings = new Findings(10);
    private final List<Claim> unexpected = new ArrayList<>();
    private final Comparison comparison =
            new Comparison(List.of(EVENTS), List.of(DECISIONS), findings, unexpected::add);

    private static Claim claim(long offset, String outcome, String place) {
        return claim(offset, outcome, place, null);
    }

    private static Claim claim(long offset, String outcome, String place, @Nullable Position decidedAt) {
        Decision decision = Decision.newBuilder()
                .setEventId("a:1:" + offset)
                .setVolume("v")
                .setPath("/p")
                .setType("created")
                .setPartition(2)
                .setOffset(offset)
                .setRulesOffset(5)
                .setOutcome(outcome)
                .setRules(List.of(new RuleDecision("r", outcome, List.of(), null)))
                .setDecidedAt(decidedAt)
                .build();
        return Claim.of(decision, new RecordHeaders(), place);
    }

    private List<Kind> kinds() {
        return findings.shown().stream().map(Finding::kind).toList();
    }

    @Test
    void whatIsRecordedAsItFollowsIsIdenticalWhicheverComesFirst() {
        comparison.derived(claim(1, "matched", "e1"));
        comparison.recorded(DECISIONS, claim(1, "matched", "d1"));
        comparison.recorded(DECISIONS, claim(2, "matched", "d2"));
        comparison.derived(claim(2, "matched", "e2"));
        comparison.reached(EVENTS, 10);
        comparison.end();
        assertThat(comparison.identical()).isEqualTo(2);
        assertThat(findings.isEmpty()).isTrue();
        assertThat(unexpected).isEmpty();
    }

    @Test
    void aRecordThatSaysSomethingElseIsToldWithBothSides() {
        comparison.derived(claim(1, "matched", "e1"));
        comparison.recorded(DECISIONS, claim(1, "shadowed", "d1"));
        Finding finding = findings.shown().get(0);
        assertThat(finding.kind()).isEqualTo(Kind.WRONG);
        assertThat(finding.place()).isEqualTo("d1");
        assertThat(finding.expected()).contains("outcome=matched");
        assertThat(finding.found()).contains("outcome=shadowed").doesNotContain("volume");
    }

    @Test
    void whatIsNotRecordedIsMissing() {
        comparison.derived(claim(1, "matched", "e1"));
        comparison.reached(EVENTS, 10);
        comparison.end();
        assertThat(kinds()).containsExactly(Kind.MISSING);
        assertThat(findings.shown().get(0).place()).isEqualTo("e1");
    }

    @Test
    void aSecondRecordAndOneThatNothingLeadsToAreUnexpected() {
        comparison.derived(claim(1, "matched", "e1"));
        comparison.reached(EVENTS, 10);
        comparison.recorded(DECISIONS, claim(1, "matched", "d1"));
        comparison.recorded(DECISIONS, claim(1, "matched", "d2"));
        comparison.recorded(DECISIONS, claim(4, "matched", "d3"));
        assertThat(unexpected).extracting(Claim::place).containsExactly("d2", "d3");
    }

    @Test
    void aForgedRecordThatComesBeforeItsEventIsJudgedIsFoundOnceThatIs() {
        comparison.recorded(DECISIONS, claim(4, "matched", "d3"));
        assertThat(unexpected).isEmpty();
        comparison.reached(EVENTS, 5);
        assertThat(unexpected).extracting(Claim::place).containsExactly("d3");
    }

    @Test
    void ofTwoRecordsTheOneThatIsRightIsTheOneThatCounts() {
        comparison.recorded(DECISIONS, claim(1, "shadowed", "forged"));
        comparison.recorded(DECISIONS, claim(1, "matched", "right"));
        comparison.derived(claim(1, "matched", "e1"));
        comparison.reached(EVENTS, 2);
        assertThat(comparison.identical() + findings.shown().size()).isEqualTo(1);
        assertThat(unexpected).extracting(Claim::place).containsExactly("forged");
    }

    @Test
    void aRecordBehindOneOfALaterEventIsOutOfOrder() {
        comparison.derived(claim(1, "matched", "e1"));
        comparison.derived(claim(2, "matched", "e2"));
        comparison.recorded(DECISIONS, claim(2, "matched", "d1"));
        comparison.recorded(DECISIONS, claim(1, "matched", "d2"));
        assertThat(kinds()).containsExactly(Kind.ORDER);
    }

    @Test
    void whatTookEffectLaterIsHeldAgainstTheRecordThatBroughtItAbout() {
        Position late = new Position("weir.file-events", 2, 9L);
        comparison.derived(claim(9, "matched", "e9"));
        comparison.derived(claim(1, "matched", "e9", late));
        comparison.recorded(DECISIONS, claim(9, "matched", "d1"));
        comparison.recorded(DECISIONS, claim(1, "matched", "d2", late));
        comparison.reached(EVENTS, 10);
        comparison.end();
        assertThat(findings.isEmpty()).isTrue();
        assertThat(comparison.identical()).isEqualTo(2);
    }

    @Test
    void aSideThatIsFarAheadIsFullUntilItGivesWay() {
        for (long i = 0; i < Comparison.MOST; i++) {
            comparison.derived(claim(i, "matched", "e"));
        }
        assertThat(comparison.isSourceFull(EVENTS)).isTrue();
        assertThat(comparison.isSinkFull(DECISIONS)).isFalse();
        comparison.giveWay(EVENTS);
        assertThat(comparison.isSourceFull(EVENTS)).isFalse();
    }
}
