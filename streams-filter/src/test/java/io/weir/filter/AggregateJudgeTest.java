package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.WindowTest.MapLog;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Uncounted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Events through a judge of events, and what they contribute through one of contributions. */
class AggregateJudgeTest {
    private static final String BURST = "{id: r, on: [written, moved], when: [{path: /data/**},"
            + " {burst: {count: 3, within: 1m, by: owner, distinct: extension}}], actions: [mail: {subject: x}]}";

    private final SequenceTable store = new SequenceTable();
    private final SequenceTable aggregateStore = new SequenceTable();
    private final MapLog log = new MapLog();
    private final FilterFigures figures = new FilterFigures();
    private ActiveRules active = ActiveRules.NONE;
    private final JudgeSettings settings = new JudgeSettings(
            "filter-1",
            () -> new RegisteredVolumes(Set.of("inbox"), 0),
            id -> FileEvent.getClassSchema(),
            Duration.ofHours(24));
    private final Judge judge = new Judge(() -> active, store, StateLog.NONE, settings, figures);
    private AggregateJudge aggregates = newAggregates();
    private long sequence;
    private long now = 1_000_000;
    private RecordHeaders headers = new RecordHeaders();

    private AggregateJudge newAggregates() {
        return new AggregateJudge(() -> active, aggregateStore, log, settings, figures);
    }

    private void rules(long rulesOffset, String... definitions) {
        List<Rule> rules = Stream.of(definitions).map(TestRules::rule).toList();
        active = ActiveRules.of(RuleSet.of(rules), rulesOffset);
        store.inForce(rulesOffset, 0);
        aggregateStore.inForce(rulesOffset, 0);
    }

    private FileEvent event(String type, String path, long seconds) {
        return FileEvent.newBuilder(Events.event(type, path, ++sequence))
                .setState(Events.state(1))
                .setObservedAt(Instant.EPOCH.plusSeconds(seconds))
                .build();
    }

    private List<Output> on(FileEvent event) {
        List<Output> all = new ArrayList<>();
        Entry entry = new Entry("inbox:/".getBytes(UTF_8), Events.encode(event), headers, now);
        for (Output output : judge.on(entry, 1, sequence)) {
            if (output instanceof Output.Contributed contributed) {
                Contribution contribution = contributed.contribution();
                all.addAll(aggregates.on(contribution, contributed.headers(), now, 2, sequence + 1_000));
            } else {
                all.add(output);
            }
        }
        return all;
    }

    private List<Output> written(String path, long seconds) {
        return on(event("written", path, seconds));
    }

    @Test
    void aBurstTakesEffectOnceWithTheEventThatMakesItFull() {
        rules(10, BURST);
        assertThat(written("/data/x/1.doc", 1)).isEmpty();
        assertThat(written("/elsewhere/1.pdf", 2)).isEmpty();
        assertThat(written("/data/y/2.DOC", 3)).as("the same extension").isEmpty();
        assertThat(written("/data/y/2.pdf", 4)).isEmpty();
        List<Output> outputs = written("/data/z/3.xls", 5);

        assertThat(outputs).extracting(Output::topic).containsExactly("weir.actions", "weir.decisions");
        assertThat(outputs.get(0).key()).isEqualTo("inbox:/data/z".getBytes(UTF_8));
        Decision decision = ((Output.Concluded) outputs.get(1)).decision();
        assertThat(decision.getEventId()).isEqualTo("agent-1:1:5");
        assertThat(decision.getPath()).isEqualTo("/data/z/3.xls");
        assertThat(decision.getPartition()).isEqualTo(1);
        assertThat(decision.getOffset()).isEqualTo(5);
        assertThat(decision.getDecidedAt()).isEqualTo(new Position("weir.aggregates", 2, 1_005L));
        assertThat(written("/data/z/4.ppt", 6)).as("it is full already").isEmpty();
        assertThat(figures.snapshot()).containsEntry("contributions", 5L);
    }

    @Test
    void contributionsOfOneGroupHaveOneKey() {
        rules(10, BURST);
        List<Output> outputs =
                judge.on(new Entry(null, Events.encode(event("written", "/data/a.doc", 1)), headers, now), 1, 1);
        assertThat(outputs).extracting(Output::topic).containsExactly("weir.aggregates");
        assertThat(outputs.get(0).key()).isEqualTo("r:inbox:ann".getBytes(UTF_8));
        Contribution contribution = ((Output.Contributed) outputs.get(0)).contribution();
        assertThat(contribution.getGroup()).isEqualTo("inbox:ann");
        assertThat(contribution.getDistinct()).isEqualTo("doc");
        assertThat(contribution.getRulesOffset()).isEqualTo(10);
    }

    @Test
    void aContributionBelongsToTheChainOfItsEvent() {
        rules(10, BURST.replace("actions:", "causes: [external, action], actions:"));
        Output external = contributed("/data/a.doc");
        assertThat(Causation.read(external.headers())).contains(new Causation("agent-1:1:1", "agent-1:1:1", 0));

        new Causation("action-1", "agent-0:1:1", 1, Causation.Evidence.WINDOW).write(headers);
        Output caused = contributed("/data/b.doc");
        assertThat(Causation.read(caused.headers())).contains(new Causation("agent-1:1:2", "agent-0:1:1", 1));
    }

    private Output contributed(String path) {
        Entry entry = new Entry(null, Events.encode(event("written", path, 1)), headers, now);
        return judge.on(entry, 1, sequence).get(0);
    }

    @Test
    void allOfTakesEffectWhenEachFileHasHadAnEventAndThenWaitsForAllAnew() {
        rules(
                10,
                "{id: r, on: written, when: {all-of: {paths: [/in/a, /in/b], within: 10m}},"
                        + " actions: [mail: {subject: x}]}");
        for (int round = 0; round < 2; round++) {
            long begin = round * 10_000L;
            assertThat(written("/in/a", begin)).isEmpty();
            assertThat(written("/in/a", begin + 1)).isEmpty();
            assertThat(written("/in/c", begin + 2)).isEmpty();
            assertThat(written("/in/b", begin + 3)).isNotEmpty();
            assertThat(written("/in/b", begin + 4)).isEmpty();
            assertThat(written("/in/a", begin + 700))
                    .as("the other was too long ago")
                    .isEmpty();
        }
    }

    @Test
    void whatWasCountedOutlivesARestartAndAChangeOfActionsAndNotOneOfConditions() {
        rules(10, BURST);
        written("/data/1.a", 1);
        written("/data/1.b", 2);
        aggregates = newAggregates();
        rules(20, BURST.replace("subject: x", "subject: y"));
        aggregateStore.inForce(10, 0);
        List<Output> outputs = written("/data/1.c", 3);
        assertThat(outputs)
                .extracting(Output::topic)
                .containsExactly("weir.rules-in-force", "weir.actions", "weir.decisions");
        assertThat(((Output.InForce) outputs.get(0)).rules().getTopic()).isEqualTo("weir.aggregates");
        assertThat(((Output.Request) outputs.get(1)).request().getParameters()).containsEntry("subject", "y");

        rules(30, BURST.replace("count: 3", "count: 2"));
        assertThat(written("/data/1.d", 4)).isEmpty();
        assertThat(written("/data/1.e", 5)).isNotEmpty();
    }

    @Test
    void aContributionToARuleThatIsGoneIsNoMore() {
        rules(10, BURST);
        List<Output> outputs =
                judge.on(new Entry(null, Events.encode(event("written", "/data/a.doc", 1)), headers, now), 1, 1);
        Contribution contribution = ((Output.Contributed) outputs.get(0)).contribution();
        rules(20);
        assertThat(aggregates.on(contribution, headers, now, 0, 0)).isEmpty();
        assertThat(log.entries).isEmpty();
    }

    @Test
    void whatActionsDoIsCountedOnlyIfTheRuleAsksForIt() {
        new Causation("action-1", "agent-0:1:1", 1, Causation.Evidence.SCOPE).write(headers);
        rules(10, BURST.replace("distinct: extension", "distinct: path"));
        assertThat(written("/data/1", 1)).extracting(Output::topic).containsExactly("weir.decisions");
        rules(
                20,
                BURST.replace("distinct: extension", "distinct: path").replace("actions:", "causes: action, actions:"));
        written("/data/2", 2);
        written("/data/3", 3);
        List<Output> outputs = written("/data/4", 4);
        assertThat(outputs).extracting(Output::topic).containsExactly("weir.actions", "weir.decisions");
        Decision decision = ((Output.Concluded) outputs.get(1)).decision();
        assertThat(decision.getOutcome()).isEqualTo("matched");
        assertThat(decision.getCausationId()).isEqualTo("action-1");
        assertThat(decision.getCausationEvidence()).isEqualTo("scope");
        assertThat(Causation.read(outputs.get(0).headers())).contains(new Causation("agent-1:1:4", "agent-0:1:1", 1));
    }

    @Test
    void aRuleThatCountsIsSuspendedForThePathOfTheConcludingEventAndReset() {
        String pair = "{id: r, on: written, when: {all-of: {paths: [/in/a, /in/b], within: 1m}},"
                + " breaker: {firings: 1, within: 1h}, actions: [quarantine: {to: /q}]}";
        rules(10, pair);
        assertThat(pairOutcome(0)).isEqualTo("matched");
        on(event("written", "/in/a", 10));
        List<Output> outputs = on(event("written", "/in/b", 10));

        assertThat(outputs)
                .extracting(Output::topic)
                .containsExactly("weir.rule-status", "weir.alerts", "weir.decisions");
        Output.Status told = (Output.Status) outputs.get(0);
        assertThat(told.key()).isEqualTo("r:inbox:/in/b".getBytes(UTF_8));
        assertThat(Objects.requireNonNull(told.status()).getPosition().getTopic())
                .isEqualTo("weir.aggregates");

        aggregates = newAggregates();
        assertThat(pairOutcome(20)).as("after a restart").isEqualTo("tripped");

        BreakerReset reset = new BreakerReset(new RulePath("r", "inbox", "/in/b"));
        Contribution entry = reset.contribution("ann", "host-1", Instant.EPOCH);
        long counted = figures.contributions.sum();
        assertThat(aggregates.on(entry, new RecordHeaders(), now, 2, 5_000))
                .singleElement()
                .satisfies(over -> assertThat(((Output.Status) over).status()).isNull());
        assertThat(aggregates.on(entry, new RecordHeaders(), now, 2, 5_001)).isEmpty();
        assertThat(figures.snapshot()).containsEntry("contributions", counted);
        assertThat(pairOutcome(30)).isEqualTo("matched");
    }

    @Test
    void otherRulesEndTheSuspensionOfOneThatCountsWithATick() {
        String pair = "{id: r, on: written, when: {all-of: {paths: [/in/a, /in/b], within: 1m}},"
                + " breaker: {firings: 1, within: 1h}, actions: [quarantine: {to: /q}]}";
        rules(10, pair);
        pairOutcome(0);
        assertThat(pairOutcome(10)).isEqualTo("tripped");
        assertThat(aggregates.isWaiting()).isFalse();

        active = ActiveRules.of(RuleSet.EMPTY, 11);
        assertThat(aggregates.isWaiting()).isTrue();
        Contribution tick = Uncounted.contribution("-", Events.event("tick", "/", 0));

        assertThat(aggregates.on(tick, new RecordHeaders(), now, 2, 5_000))
                .extracting(Output::topic)
                .containsExactly("weir.rules-in-force", "weir.rule-status");
        assertThat(aggregates.isWaiting()).isFalse();
    }

    private String pairOutcome(long seconds) {
        on(event("written", "/in/a", seconds));
        List<Output> outputs = on(event("written", "/in/b", seconds));
        return ((Output.Concluded) outputs.get(outputs.size() - 1)).decision().getOutcome();
    }
}
