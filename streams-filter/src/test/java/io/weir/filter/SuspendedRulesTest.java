package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.WindowTest.MapLog;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.Alert;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Firing;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.RulePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rules that fire too often on one path, through a judge. */
class SuspendedRulesTest {
    private static final String LOCK = "{id: lock, on: attributes-changed, breaker: {firings: 2, within: 1m},"
            + " actions: [quarantine: {to: /q}, mail: {subject: x}]}";

    private final SequenceTable store = new SequenceTable();
    private final MapLog log = new MapLog();
    private final FilterFigures figures = new FilterFigures();
    private final JudgeSettings settings = new JudgeSettings(
            "filter-1",
            () -> new RegisteredVolumes(Set.of("inbox"), 0),
            id -> FileEvent.getClassSchema(),
            Duration.ofHours(24));
    private ActiveRules active = ActiveRules.NONE;
    private Judge judge = newJudge();
    private long now = 1_000_000;
    private long sequence;
    private long offset = 100;

    private Judge newJudge() {
        return new Judge(() -> active, store, log, settings, figures);
    }

    private void rules(long rulesOffset, String... definitions) {
        List<Rule> rules = Stream.of(definitions).map(TestRules::rule).toList();
        active = ActiveRules.of(RuleSet.of(rules), rulesOffset);
    }

    private List<Output> on(FileEvent event, RecordHeaders headers) {
        now += 1_000;
        return judge.on(new Entry("inbox:/".getBytes(UTF_8), Events.encode(event), headers, now), 3, offset++);
    }

    private List<Output> chmod(String path) {
        return on(Events.event("attributes-changed", path, ++sequence), new RecordHeaders());
    }

    private List<Output> tick() {
        return on(Events.event("tick", "/", 0), new RecordHeaders());
    }

    private List<Output> reset(String rule, String path) {
        BreakerReset reset = new BreakerReset(new RulePath(rule, "inbox", path));
        RecordHeaders headers = new RecordHeaders();
        reset.write(headers);
        return on(reset.event("ann", "host-1", Instant.EPOCH), headers);
    }

    private static <T extends Output> List<T> only(Class<T> type, List<Output> outputs) {
        return outputs.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static @Nullable String outcome(List<Output> outputs) {
        return only(Output.Concluded.class, outputs).stream()
                .map(o -> o.decision().getOutcome())
                .findFirst()
                .orElse(null);
    }

    private void trip(String path) {
        chmod(path);
        chmod(path);
        assertThat(outcome(chmod(path))).isEqualTo("tripped");
    }

    @Test
    void theFiringThatIsTooManyIsADecisionWithoutRequestsAStatusAndAnAlert() {
        rules(10, LOCK);
        List<Output> first = chmod("/a");
        List<Output> second = chmod("/a");
        assertThat(outcome(second)).isEqualTo("matched");

        List<Output> third = chmod("/a");

        assertThat(third)
                .extracting(Output::topic)
                .containsExactly("weir.rule-status", "weir.alerts", "weir.decisions");
        Decision decision = only(Output.Concluded.class, third).get(0).decision();
        assertThat(decision.getOutcome()).isEqualTo("tripped");
        RuleDecision rule = decision.getRules().get(0);
        assertThat(rule.getOutcome()).isEqualTo("tripped");
        assertThat(rule.getActionIds()).isEmpty();
        String why =
                "more than 2 firings within 1m; see who changes the file again each time, then 'weir rules reset lock'";
        assertThat(rule.getDetail()).isEqualTo("suspended for this path since 1970-01-01T00:16:43Z: " + why);

        Output.Status told = only(Output.Status.class, third).get(0);
        assertThat(told.key()).isEqualTo("lock:inbox:/a".getBytes(UTF_8));
        Position position = new Position("weir.file-events", 3, 102L);
        assertThat(told.status())
                .isEqualTo(RuleStatus.newBuilder()
                        .setRule("lock")
                        .setStatus("tripped")
                        .setFaults(List.of(why))
                        .setRulesOffset(10)
                        .setVolume("inbox")
                        .setPath("/a")
                        .setPosition(position)
                        .setFilter("filter-1")
                        .setAt(Instant.ofEpochMilli(1_003_000))
                        .build());

        Alert alert = only(Output.Alerted.class, third).get(0).alert();
        assertThat(alert.getMessage()).isEqualTo("rule 'lock' is suspended for inbox:/a: " + why);
        assertThat(alert.getFirings()).isEqualTo(3);
        assertThat(alert.getWithinMs()).isEqualTo(60_000);
        assertThat(alert.getSince()).isEqualTo(Instant.ofEpochMilli(1_001_000));
        assertThat(alert.getAt()).isEqualTo(Instant.ofEpochMilli(1_003_000));
        assertThat(alert.getPosition()).isEqualTo(position);
        assertThat(alert.getEvidence())
                .as("the ids are those of the requests that were made")
                .containsExactly(
                        new Firing("agent-1:1:1", requested(first)),
                        new Firing("agent-1:1:2", requested(second)),
                        new Firing("agent-1:1:3", List.of()));
        assertThat(requested(first)).hasSize(2);
        assertThat(figures.snapshot()).containsEntry("tripped", 1L).containsEntry("suppressed", 0L);
    }

    private static List<String> requested(List<Output> outputs) {
        return only(Output.Request.class, outputs).stream()
                .map(o -> o.request().getId())
                .toList();
    }

    @Test
    void laterEventsOfThePathAreTrippedAndNothingElseIs() {
        rules(10, LOCK, LOCK.replace("id: lock", "id: other").replace("firings: 2", "firings: 9"));
        chmod("/a");
        chmod("/a");
        chmod("/a");
        List<Output> later = chmod("/a");
        assertThat(later)
                .as("no second alert; the other rule acts")
                .extracting(Output::topic)
                .containsExactly("weir.actions.inbox", "weir.actions", "weir.decisions");
        Decision decision = only(Output.Concluded.class, later).get(0).decision();
        assertThat(decision.getOutcome()).isEqualTo("matched");
        assertThat(decision.getRules()).extracting(RuleDecision::getOutcome).containsExactly("tripped", "matched");
        assertThat(outcome(chmod("/b"))).isEqualTo("matched");
    }

    @Test
    void resetLetsTheRuleActOnThePathAgainAndDeletesItsStatus() {
        rules(10, LOCK);
        trip("/a");
        trip("/b");

        assertThat(reset("lock", "/c")).as("not suspended").isEmpty();
        assertThat(reset("unknown", "/a")).isEmpty();
        List<Output> outputs = reset("lock", "/a");

        Output.Status over = only(Output.Status.class, outputs).get(0);
        assertThat(outputs).hasSize(1);
        assertThat(over.topic()).isEqualTo("weir.rule-status");
        assertThat(over.key()).isEqualTo("lock:inbox:/a".getBytes(UTF_8));
        assertThat(over.status()).isNull();
        assertThat(outcome(chmod("/a"))).isEqualTo("matched");
        assertThat(outcome(chmod("/b"))).isEqualTo("tripped");
        assertThat(figures.snapshot()).containsEntry("resets", 3L);
        assertThat(figures.snapshot()).containsEntry("judged", figures.read() - 3);
    }

    @Test
    void aResetWithoutARuleIsPassedOver() {
        rules(10, LOCK);
        trip("/a");
        FileEvent event = new BreakerReset(new RulePath("lock", "inbox", "/a")).event("ann", "h", Instant.EPOCH);
        assertThat(on(event, new RecordHeaders())).isEmpty();
        assertThat(outcome(chmod("/a"))).isEqualTo("tripped");
    }

    @Test
    void whatActionsCausedAndWhatShadowRulesSeeIsNoFiring() {
        rules(10, LOCK, LOCK.replace("id: lock", "id: shade, mode: shadow"));
        RecordHeaders caused = new RecordHeaders();
        new Causation("action-1", "agent-0:1:1", 1).write(caused);
        for (int i = 0; i < 10; i++) {
            assertThat(outcome(on(Events.event("attributes-changed", "/a", ++sequence), caused)))
                    .isEqualTo("suppressed");
        }
        rules(11, LOCK.replace("id: lock", "id: shade, mode: shadow"));
        for (int i = 0; i < 10; i++) {
            assertThat(outcome(chmod("/a"))).isEqualTo("shadowed");
        }
        rules(12, LOCK);
        assertThat(outcome(chmod("/a"))).isEqualTo("matched");
    }

    @Test
    void aRuleThatOnlyTellsIsNeverSuspendedByDefault() {
        rules(10, "{id: tell, on: modified, actions: [mail: {subject: x}]}");
        for (int i = 0; i < 500; i++) {
            assertThat(outcome(on(Events.event("modified", "/app.log", ++sequence), new RecordHeaders())))
                    .isEqualTo("matched");
        }
    }

    @Test
    void aRuleThatChangesFilesIsByDefaultAfterAHundredWithinTenMinutes() {
        rules(10, "{id: r, on: modified, actions: [quarantine: {to: /q}]}");
        for (int i = 0; i < 100; i++) {
            assertThat(outcome(on(Events.event("modified", "/a", ++sequence), new RecordHeaders())))
                    .isEqualTo("matched");
        }
        assertThat(outcome(on(Events.event("modified", "/a", ++sequence), new RecordHeaders())))
                .isEqualTo("tripped");
    }

    @Test
    void ofAMoveTheNewPathCounts() {
        rules(10, "{id: r, on: moved, breaker: {firings: 1, within: 1h}, actions: [quarantine: {to: /q}]}");
        for (String to : List.of("/a", "/b", "/c")) {
            FileEvent moved = FileEvent.newBuilder(Events.event("moved", to, ++sequence))
                    .setPreviousPath("/from")
                    .build();
            assertThat(outcome(on(moved, new RecordHeaders()))).isEqualTo("matched");
        }
    }

    @Test
    void aRuleThatWaitsIsSuspendedToo() {
        rules(
                10,
                "{id: r, on: written, settle: 2s, breaker: {firings: 1, within: 1h}, actions: [quarantine: {to: /q}]}");
        on(Events.event("written", "/a", ++sequence), new RecordHeaders());
        now += 2_000;
        assertThat(outcome(tick())).isEqualTo("matched");
        on(Events.event("written", "/a", ++sequence), new RecordHeaders());
        now += 2_000;
        List<Output> outputs = tick();
        assertThat(outcome(outputs)).isEqualTo("tripped");
        assertThat(Objects.requireNonNull(
                                only(Output.Status.class, outputs).get(0).status())
                        .getPosition())
                .as("the tick whose reading brought it about")
                .isEqualTo(new Position("weir.file-events", 3, offset - 1));
    }

    @Test
    void anotherRuleInItsPlaceEndsTheSuspensionWithTheNextRecordWhicheverItIs() {
        rules(10, LOCK);
        trip("/a");
        assertThat(judge.isWaiting()).isFalse();
        rules(11, LOCK, "{id: more, on: created, actions: [mail: {subject: x}]}");
        assertThat(judge.isWaiting()).as("a tick is asked for").isTrue();
        assertThat(tick()).extracting(Output::topic).containsExactly("weir.rules-in-force");
        assertThat(judge.isWaiting()).isFalse();
        assertThat(outcome(chmod("/a"))).as("the rule is as it was").isEqualTo("tripped");

        rules(12, LOCK.replace("firings: 2", "firings: 3"));
        List<Output> outputs = tick();

        assertThat(outputs).extracting(Output::topic).containsExactly("weir.rules-in-force", "weir.rule-status");
        assertThat(only(Output.Status.class, outputs).get(0).status()).isNull();
        assertThat(store.rulesOffset()).isEqualTo(12);
        assertThat(outcome(chmod("/a"))).isEqualTo("matched");
    }

    @Test
    void whetherTheProcessStartsAnewMakesNoDifference() {
        Random random = Seed.random("SuspendedRulesTest");
        for (int round = 0; round < 30; round++) {
            List<Entry> entries = entries(random);
            assertThat(outputs(entries, Optional.of(new Random(random.nextLong()))))
                    .isEqualTo(outputs(entries, Optional.empty()));
        }
    }

    private List<Entry> entries(Random random) {
        List<Entry> entries = new ArrayList<>();
        long time = 0;
        for (int i = 1; i <= 150; i++) {
            time += random.nextInt(6_000);
            String path = "/" + random.nextInt(3);
            RecordHeaders headers = new RecordHeaders();
            FileEvent event = Events.event("attributes-changed", path, i);
            if (random.nextInt(12) == 0) {
                BreakerReset reset = new BreakerReset(new RulePath("lock", "inbox", path));
                reset.write(headers);
                event = reset.event("ann", "host-1", Instant.EPOCH);
            }
            entries.add(new Entry(null, Events.encode(event), headers, time));
        }
        return entries;
    }

    /** What comes out, in words; starts anew by chance if asked to. */
    private List<String> outputs(List<Entry> entries, Optional<Random> restarts) {
        SequenceTable numbers = new SequenceTable();
        MapLog kept = new MapLog();
        rules(10, LOCK);
        Judge own = new Judge(() -> active, numbers, kept, settings, figures);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (i == entries.size() / 2) {
                rules(11, LOCK.replace("1m", "50s"));
            }
            for (Output output : own.on(entries.get(i), 3, i)) {
                all.add(output.topic() + " " + new String(output.key() == null ? new byte[0] : output.key(), UTF_8)
                        + " "
                        + (output instanceof Output.Concluded c ? c.decision() : "")
                        + (output instanceof Output.Alerted a ? a.alert() : ""));
            }
            if (restarts.isPresent() && restarts.get().nextInt(10) == 0) {
                own = new Judge(() -> active, numbers, kept, settings, figures);
            }
        }
        assertThat(all).anyMatch(line -> line.startsWith("weir.alerts"));
        return all;
    }
}
