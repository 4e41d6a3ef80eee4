package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.WindowTest.MapLog;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.topic.Causation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WaitingRulesTest {
    private static final String SETTLE =
            "{id: r, on: [created, written], when: {name: \"*.zip\"}, settle: 2s, actions: [quarantine: {to: /q}]}";

    private final SequenceTable store = new SequenceTable();
    private final MapLog log = new MapLog();
    private final FilterFigures figures = new FilterFigures();
    private ActiveRules active = ActiveRules.NONE;
    private final JudgeSettings settings = new JudgeSettings(
            "filter-1",
            () -> new RegisteredVolumes(Set.of("inbox"), 0),
            id -> FileEvent.getClassSchema(),
            Duration.ofHours(24));
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
        store.inForce(rulesOffset, 0);
    }

    private List<Output> on(FileEvent event, RecordHeaders headers) {
        return judge.on(new Entry("inbox:/".getBytes(UTF_8), Events.encode(event), headers, now), 3, offset++);
    }

    private List<Output> event(String type, String path) {
        return on(Events.event(type, path, ++sequence), new RecordHeaders());
    }

    private List<Output> event(String type, String path, UnaryOperator<FileEvent.Builder> more) {
        FileEvent event = Events.event(type, path, ++sequence);
        return on(more.apply(FileEvent.newBuilder(event)).build(), new RecordHeaders());
    }

    private List<Output> tick() {
        return on(Events.event("tick", "/", 0), new RecordHeaders());
    }

    private List<Output> after(long millis) {
        now += millis;
        return tick();
    }

    private static List<String> paths(List<Output> outputs) {
        return outputs.stream()
                .filter(Output.Request.class::isInstance)
                .map(o -> ((Output.Request) o).request().getEvent().getPath())
                .toList();
    }

    @Test
    void aRuleTakesEffectOnceItsFileIsLeftAlone() {
        rules(10, SETTLE);
        assertThat(event("created", "/a.zip")).isEmpty();
        now += 1_500;
        assertThat(event("written", "/a.zip")).isEmpty();
        assertThat(judge.isWaiting()).isTrue();
        assertThat(after(1_999)).isEmpty();
        List<Output> outputs = after(1);

        assertThat(outputs).extracting(Output::topic).containsExactly("weir.actions.inbox", "weir.decisions");
        ActionRequest request = ((Output.Request) outputs.get(0)).request();
        assertThat(request.getEvent().getType()).isEqualTo("written");
        assertThat(request.getEventOffset()).isEqualTo(101);
        assertThat(request.getNotAfter().toEpochMilli())
                .isEqualTo(now + Duration.ofHours(24).toMillis());
        Decision decision = ((Output.Concluded) outputs.get(1)).decision();
        assertThat(decision.getEventId()).isEqualTo("agent-1:1:2");
        assertThat(decision.getOffset()).isEqualTo(101);
        assertThat(decision.getRulesOffset()).isEqualTo(10);
        assertThat(decision.getOutcome()).isEqualTo("matched");
        assertThat(decision.getDecidedAt()).isEqualTo(new Position("weir.file-events", 3, 103L));
        assertThat(Causation.read(outputs.get(1).headers())).contains(new Causation("agent-1:1:2", "agent-1:1:2", 0));
        assertThat(judge.isWaiting()).isFalse();
        assertThat(log.entries.keySet()).noneMatch(key -> key.startsWith("w:"));
        assertThat(after(10_000)).isEmpty();
    }

    @Test
    void anyEventThatComesLateEnoughLetsTimePass() {
        rules(10, SETTLE);
        event("created", "/a.zip");
        now += 2_000;
        assertThat(paths(event("created", "/b.zip"))).containsExactly("/a.zip");
        now += 2_000;
        assertThat(paths(on(Events.event("created", "/again.zip", sequence), new RecordHeaders())))
                .as("also one that was sent again")
                .containsExactly("/b.zip");
    }

    @Test
    void aFileThatIsChangedIsWaitedForAnew() {
        rules(10, SETTLE);
        event("created", "/a.zip");
        now += 1_500;
        event("attributes-changed", "/a.zip"); // of a type that the rule is not about
        now += 1_500;
        event("opened", "/a.zip"); // an access changes nothing
        assertThat(paths(after(500))).containsExactly("/a.zip");
    }

    @Test
    void whatNoLongerSatisfiesTheRuleIsNotWaitedFor() {
        rules(10, "{id: r, on: [created, written], when: {size: \"> 10\"}, settle: 2s, actions: [mail: {subject: x}]}");
        event("created", "/a", e -> e.setState(Events.state(11)));
        assertThat(judge.isWaiting()).isTrue();
        event("written", "/a", e -> e.setState(Events.state(3)));
        assertThat(judge.isWaiting()).isFalse();
    }

    @Test
    void aFileThatIsGoneIsNotWaitedFor() {
        rules(10, SETTLE);
        for (String type : List.of("deleted", "moved-out")) {
            event("created", "/a.zip");
            event(type, "/a.zip");
            assertThat(judge.isWaiting()).as(type).isFalse();
        }
        event("created", "/a.zip");
        event("moved", "/b", e -> e.setPreviousPath("/a.zip"));
        assertThat(judge.isWaiting()).as("moved").isFalse();
        event("created", "/a.zip");
        event("moved", "/other/b", e -> e.setPreviousPath("/a.zip").setHalf("source"));
        assertThat(judge.isWaiting()).as("moved to another directory").isFalse();
    }

    @Test
    void ofARuleThatWasChangedMeanwhileItsNewActionsAreDoneAndOfOneWithOtherConditionsNone() {
        rules(10, SETTLE, SETTLE.replace("id: r", "id: s"));
        event("created", "/a.zip");
        rules(
                20,
                SETTLE.replace("/q", "/elsewhere"),
                SETTLE.replace("id: r", "id: s").replace("2s", "3s"));
        store.inForce(10, 0);
        List<Output> outputs = after(2_000);
        assertThat(outputs)
                .extracting(Output::topic)
                .containsExactly("weir.rules-in-force", "weir.actions.inbox", "weir.decisions");
        ActionRequest request = ((Output.Request) outputs.get(1)).request();
        assertThat(request.getParameters()).containsEntry("to", "/elsewhere");
        assertThat(request.getRulesOffset()).isEqualTo(20);
        assertThat(after(10_000)).isEmpty();
        assertThat(judge.isWaiting()).isFalse();
    }

    @Test
    void aWaitThatEndsInNothingUnderOtherRulesIsToldToBeJudgedByThem() {
        rules(10, SETTLE);
        event("created", "/a.zip");
        rules(20);
        store.inForce(10, 0);
        List<Output> outputs = after(2_000);
        assertThat(outputs).extracting(Output::topic).containsExactly("weir.rules-in-force");
        assertThat(((Output.InForce) outputs.get(0)).rules().getRulesOffset()).isEqualTo(20);
    }

    @Test
    void whatAnActionDidToAFileIsNoSignThatItIsLeftAlone() {
        rules(10, SETTLE);
        event("created", "/a.zip");
        now += 1_000;
        RecordHeaders headers = new RecordHeaders();
        new Causation("action-1", "agent-0:1:1", 1).write(headers);
        on(Events.event("written", "/a.zip", ++sequence), headers);
        assertThat(paths(after(1_999))).isEmpty();
        assertThat(paths(after(1))).containsExactly("/a.zip");
    }

    @Test
    void inShadowItIsRecordedThatItWouldHaveActed() {
        rules(10, SETTLE.replace("settle", "mode: shadow, settle"));
        event("created", "/a.zip");
        List<Output> outputs = after(2_000);
        assertThat(outputs).hasSize(2);
        assertThat(((Output.Request) outputs.get(0)).request().getDryRun()).isTrue();
        assertThat(((Output.Concluded) outputs.get(1)).decision().getOutcome()).isEqualTo("shadowed");
    }

    @Test
    void anEventMayMatchOneRuleAtOnceAndAnotherLater() {
        rules(10, SETTLE, "{id: now, on: created, actions: [mail: {subject: x}]}");
        assertThat(event("created", "/a.zip"))
                .extracting(Output::topic)
                .containsExactly("weir.actions", "weir.decisions");
        assertThat(after(2_000)).extracting(Output::topic).containsExactly("weir.actions.inbox", "weir.decisions");
    }

    @Test
    void allThatOneRecordBringsAboutIsJudgedByOneRuleSet() {
        rules(10, SETTLE);
        int[] asked = new int[1];
        judge = new Judge(
                () -> {
                    asked[0]++;
                    return active;
                },
                store,
                log,
                settings,
                figures);
        event("created", "/a.zip");
        now += 2_000;
        asked[0] = 0;
        assertThat(paths(event("created", "/b.zip"))).containsExactly("/a.zip");
        assertThat(asked[0]).isEqualTo(1);
    }

    @Test
    void whetherTheProcessStartsAnewMakesNoDifference() {
        Random random = Seed.random("WaitingRulesTest");
        List<FileEvent> events = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        long time = 1_000_000;
        for (int i = 0; i < 2_000; i++) {
            String type = List.of("created", "written", "deleted", "attributes-changed", "tick")
                    .get(random.nextInt(5));
            events.add(Events.event(type, "/" + random.nextInt(12) + (random.nextBoolean() ? ".zip" : ""), i + 1L));
            time += random.nextInt(800);
            times.add(time);
        }
        rules(10, SETTLE, "{id: q, on: written, when: {quiet-for: 5s}, actions: [mail: {subject: x}]}");
        List<String> steady = decisions(events, times, new SequenceTable(), new MapLog(), null);
        List<String> restarted = decisions(events, times, new SequenceTable(), new MapLog(), random);
        assertThat(steady).hasSizeGreaterThan(100);
        assertThat(restarted).isEqualTo(steady);
    }

    private List<String> decisions(
            List<FileEvent> events, List<Long> times, SequenceTable numbers, MapLog kept, @Nullable Random restarts) {
        numbers.inForce(10, 0);
        Judge own = new Judge(() -> active, numbers, kept, settings, figures);
        List<String> decisions = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (restarts != null && restarts.nextInt(10) == 0) {
                own = new Judge(() -> active, numbers, kept, settings, figures);
            }
            Entry entry = new Entry(null, Events.encode(events.get(i)), new RecordHeaders(), times.get(i));
            own.on(entry, 0, i).stream()
                    .filter(Output.Concluded.class::isInstance)
                    .map(o -> ((Output.Concluded) o).decision().toString())
                    .forEach(decisions::add);
        }
        return decisions;
    }
}
