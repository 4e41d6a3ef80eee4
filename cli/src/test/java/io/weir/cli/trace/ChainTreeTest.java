package io.weir.cli.trace;

import static io.weir.cli.trace.ChainSample.FIRST;
import static io.weir.cli.trace.ChainSample.event;
import static io.weir.cli.trace.ChainSample.move;
import static io.weir.cli.trace.ChainSample.moved;
import static io.weir.cli.trace.ChainSample.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.search.FoundRecord;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Trees as they are shown, without the times. */
class ChainTreeTest {
    private static final FileEvent ZIP = event(1, "written", "/a.zip");
    private static final FileEvent MOVED = moved(2, "/a.zip", "/q/a.zip");
    private static final FileEvent CHANGED = event(3, "attributes-changed", "/q/a.zip");

    /** An archive is put away, and then locked by a rule that wants to see what actions do. */
    private static ChainSample quarantine() {
        return new ChainSample()
                .external(ZIP)
                .decided(ZIP, "matched", rule("put-away", "matched", "act-1"), rule("watch", "shadowed"))
                .requested(ZIP, "act-1")
                .caused("act-1", 1, MOVED)
                .caused(
                        "act-1",
                        1,
                        FileEvent.newBuilder(MOVED).setHalf("source").build())
                .resulted(ZIP, "act-1", "done", move("/a.zip", "/q/a.zip"))
                .decided(MOVED, "matched", rule("lock", "matched", "act-2"))
                .requested(MOVED, "act-2")
                .resulted(
                        MOVED,
                        "act-2",
                        "done",
                        new AppliedEffect(
                                "set",
                                "/q/a.zip",
                                null,
                                Map.of("mode", "0644"),
                                Map.of("mode", "0400"),
                                null,
                                null,
                                null,
                                null))
                .caused("act-2", 2, CHANGED)
                .suppressed(CHANGED, "act-2");
    }

    private static final String QUARANTINE =
            """
            event written inbox:/a.zip [weir.file-events-0@0, host-1:1:1]
            └─ decision matched: put-away, watch shadowed [weir.decisions-0@1]
               └─ request quarantine by rule rule [weir.actions.inbox-0@2, act-1]
                  ├─ event moved inbox:/a.zip -> /q/a.zip, caused by the action (window), other half weir.file-events-0@4 [weir.file-events-0@3, host-1:1:2]
                  │  └─ decision matched: lock [weir.decisions-0@6]
                  │     └─ request quarantine by rule rule [weir.actions.inbox-0@7, act-2]
                  │        ├─ result done: set /q/a.zip mode 0644 -> 0400 (attempt 1, worker w, 12 ms) [weir.action-results-0@8]
                  │        └─ event attributes-changed inbox:/q/a.zip, caused by the action (window) [weir.file-events-0@9, host-1:1:3]
                  │           └─ decision suppressed: no rule would have matched [weir.decisions-0@10]
                  └─ result done: move /a.zip -> /q/a.zip (attempt 1, worker w, 12 ms) [weir.action-results-0@5]
            """;

    private static String tree(List<FoundRecord> records) {
        return tree(records, Map.of());
    }

    private static String tree(List<FoundRecord> records, Map<String, Counted> counted) {
        StringBuilder text = new StringBuilder();
        int times = "2026-01-02T03:04:05.000Z    +0.000 s  ".length();
        ChainText.of(ChainTree.of(FIRST, records, counted))
                .forEach(line -> text.append(line.substring(times)).append('\n'));
        return text.toString();
    }

    private static String tree(ChainSample sample) {
        return tree(sample.records());
    }

    @Test
    void eachRecordIsBelowItsCauseInTheOrderOfTheLogsTime() {
        assertThat(tree(quarantine())).isEqualTo(QUARANTINE);
    }

    @Test
    void theOrderInWhichRecordsWereReadMakesNoDifference() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("ChainTreeTest: -Dweir.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<FoundRecord> records = new ArrayList<>(quarantine().records());
            Collections.shuffle(records, random);
            assertThat(tree(records)).as("seed %d, round %d", seed, round).isEqualTo(QUARANTINE);
        }
    }

    @Test
    void noRecordIsLostWhateverElseIsMissing() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        System.out.println("ChainTreeTest: -Dweir.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<FoundRecord> records = new ArrayList<>(quarantine().records());
            records.removeIf(record -> random.nextInt(3) == 0);
            String tree = tree(records);
            assertThat(records).as("seed %d, round %d\n%s", seed, round, tree).allSatisfy(record -> assertThat(tree)
                    .containsOnlyOnce(record.place() + (tree.contains(record.place() + "]") ? "]" : "")));
        }
    }

    @Test
    void timesAreTheLogsAndCountedFromTheFirstEvent() {
        assertThat(ChainText.of(ChainTree.of(FIRST, quarantine().records(), Map.of())))
                .element(2)
                .asString()
                .startsWith("2026-01-02T03:04:05.200Z    +0.200 s     └─ request");
    }

    @Test
    void aChainThatIsStillUnderWaySaysWhatHasNotComeYet() {
        assertThat(tree(new ChainSample().external(ZIP)))
                .isEqualTo(
                        """
                        event written inbox:/a.zip [weir.file-events-0@0, host-1:1:1]
                        └─ no decision: no rule matched, or it is not judged yet
                        """);
        assertThat(tree(new ChainSample()
                        .external(ZIP)
                        .decided(ZIP, "matched", rule("put-away", "matched", "act-1"))
                        .requested(ZIP, "act-1")))
                .endsWith("      └─ no result yet\n");
        assertThat(tree(new ChainSample()
                        .external(ZIP)
                        .decided(ZIP, "matched", rule("put-away", "matched", "act-1"))
                        .requested(ZIP, "act-1")
                        .resulted(ZIP, "act-1", "done", move("/a.zip", "/q/a.zip"))))
                .endsWith("      └─ no event of what it changed yet\n");
        assertThat(tree(new ChainSample().external(ZIP).requested(ZIP, "act-1").caused("act-1", 1, MOVED)))
                .contains("└─ no decision yet\n");
    }

    @Test
    void anActionThatChangedNothingWaitsForNoEvent() {
        AppliedEffect scope = new AppliedEffect("scope", "/out/**", null, Map.of(), Map.of(), null, null, null, null);
        for (ChainSample sample : List.of(
                new ChainSample().external(ZIP).requested(ZIP, "act-1").resulted(ZIP, "act-1", "nothing-to-do"),
                new ChainSample().external(ZIP).requested(ZIP, "act-1").resulted(ZIP, "act-1", "done", scope))) {
            assertThat(tree(sample)).doesNotContain("yet\n   ").doesNotContain("what it changed");
        }
    }

    @Test
    void whatIsNotKeptAnyMoreHasItsPlace() {
        assertThat(tree(quarantine()
                        .without(Topics.FILE_EVENTS, 0)
                        .without(Topics.DECISIONS, 1)
                        .without("weir.actions.inbox", 2)
                        .without(Topics.ACTION_RESULTS, 5)
                        .without("weir.actions.inbox", 7)))
                .isEqualTo(
                        """
                        event host-1:1:1 is not there
                        └─ request of action act-1 is not there
                           ├─ event moved inbox:/a.zip -> /q/a.zip, caused by the action (window), other half weir.file-events-0@4 [weir.file-events-0@3, host-1:1:2]
                           │  └─ decision matched: lock [weir.decisions-0@6]
                           │     └─ request of action act-2 is not there
                           │        ├─ result done: set /q/a.zip mode 0644 -> 0400 (attempt 1, worker w, 12 ms) [weir.action-results-0@8]
                           │        └─ event attributes-changed inbox:/q/a.zip, caused by the action (window) [weir.file-events-0@9, host-1:1:3]
                           │           └─ decision suppressed: no rule would have matched [weir.decisions-0@10]
                           └─ no result yet
                        """);
    }

    @Test
    void whatWasSentOrReportedAgainIsShownAsSuch() {
        assertThat(tree(new ChainSample()
                        .external(ZIP)
                        .requested(ZIP, "act-1")
                        .external(ZIP)
                        .resulted(ZIP, "act-1", "refused")
                        .resulted(ZIP, "act-1", "refused")))
                .contains(
                        "event written inbox:/a.zip, sent again weir.file-events-0@2 [weir.file-events-0@0, host-1:1:1]")
                .contains("result refused (attempt 1, worker w, 12 ms) [weir.action-results-0@3]")
                .contains("result refused (attempt 1, worker w, 12 ms) (reported again) [weir.action-results-0@4]");
    }

    @Test
    void aRequestThatNobodyCouldCarryOutIsADeadLetterInItsPlace() {
        DeadLetter letter = new DeadLetter("filter", "no worker for volume", "register it", "weir.actions.inbox", 1, 5);
        assertThat(tree(new ChainSample()
                        .external(ZIP)
                        .decided(ZIP, "matched", rule("put-away", "matched", "act-1"))
                        .add(Topics.DEAD_LETTERS, ChainSample.by(ZIP), letter, ChainSample.request(ZIP, "act-1"))))
                .isEqualTo(
                        """
                        event written inbox:/a.zip [weir.file-events-0@0, host-1:1:1]
                        └─ decision matched: put-away [weir.decisions-0@1]
                           └─ dead letter of filter: no worker for volume: register it (weir.actions.inbox-1@5) [weir.dead-letters-0@2, act-1]
                        """);
    }

    @Test
    void anEventThatCouldNotBeJudgedIsADeadLetterBelowIt() {
        DeadLetter letter = new DeadLetter("filter", "judging failed", "a defect", Topics.FILE_EVENTS, 0, 0);
        assertThat(tree(new ChainSample().external(ZIP).add(Topics.DEAD_LETTERS, null, letter, ZIP)))
                .isEqualTo(
                        """
                        event written inbox:/a.zip [weir.file-events-0@0, host-1:1:1]
                        └─ dead letter of filter: judging failed: a defect (weir.file-events-0@0) [weir.dead-letters-0@1, host-1:1:1]
                        """);
    }

    @Test
    void aRuleThatCountsNamesTheEventsThatItCounted() {
        Position at = new Position(Topics.AGGREGATES, 2, 9L);
        ChainSample sample = new ChainSample()
                .external(ZIP)
                .add(Topics.AGGREGATES, ChainSample.by(ZIP), ChainSample.contribution(ZIP, null, null))
                .add(
                        Topics.DECISIONS,
                        ChainSample.by(ZIP),
                        ChainSample.decision(ZIP, "shadowed", null, at, rule("counts", "shadowed")));

        assertThat(tree(
                        sample.records(),
                        Map.of("weir.decisions-0@2", new Counted(3, List.of("x:1:1", "x:1:2", FIRST)))))
                .isEqualTo(
                        """
                        event written inbox:/a.zip [weir.file-events-0@0, host-1:1:1]
                        ├─ contribution to rule counts, which counts by inbox [weir.aggregates-0@1]
                        └─ decision shadowed: counts; counted 3 events (x:1:1, x:1:2, host-1:1:1) up to weir.aggregates-2@9 [weir.decisions-0@2]
                        """);
        assertThat(tree(sample)).contains("counted events that are not kept any more up to weir.aggregates-2@9");
    }

    @Test
    void aRuleThatWaitedSaysUntilWhen() {
        Position at = new Position(Topics.FILE_EVENTS, 2, 9L);
        assertThat(tree(new ChainSample()
                        .external(ZIP)
                        .add(
                                Topics.DECISIONS,
                                ChainSample.by(ZIP),
                                ChainSample.decision(ZIP, "matched", null, at, rule("settles", "matched")))))
                .contains("decision matched: settles; it had waited until weir.file-events-2@9");
    }

    @Test
    void kindsAndOutcomesThatThisVersionDoesNotKnowAreShownAllTheSame() {
        RuleStatus status = RuleStatus.newBuilder()
                .setRule("rule")
                .setStatus("tripped")
                .setRulesOffset(7)
                .setFilter("filter-1")
                .setAt(ChainSample.BEGIN)
                .build();
        Causation decided = new Causation(FIRST, FIRST, 0);
        assertThat(tree(new ChainSample()
                        .external(ZIP)
                        .decided(ZIP, "postponed", rule("put-away", "postponed"))
                        .add("weir.alerts", decided, status)
                        .add("weir.alerts", decided, null)
                        .add("weir.alerts", new Causation("elsewhere", FIRST, 3), status)))
                .isEqualTo(
                        """
                        event written inbox:/a.zip [weir.file-events-0@0, host-1:1:1]
                        ├─ decision postponed: put-away [weir.decisions-0@1]
                        ├─ record of type RuleStatus [weir.alerts-0@2]
                        ├─ record that cannot be decoded [weir.alerts-0@3]
                        └─ record of type RuleStatus [weir.alerts-0@4]
                        """);
    }

    @Test
    void namesOfFilesCannotSteerTheTerminal() {
        assertThat(tree(new ChainSample().external(event(1, "written", "/a\u001b[2J\n.zip"))))
                .contains("written inbox:/a?[2J?.zip");
    }
}
