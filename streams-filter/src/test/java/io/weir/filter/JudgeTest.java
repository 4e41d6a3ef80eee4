package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final int PARTITION = 2;
    private static final long LOG_TIME = 1_700_000_000_000L;

    private final Set<String> volumes = new TreeSet<>(Set.of("inbox"));
    private final FilterFigures figures = new FilterFigures();
    private final SequenceTable store = new SequenceTable();
    private ActiveRules active = ActiveRules.NONE;
    private @Nullable RuntimeException registryFault;
    private long volumesOffset;
    private final JudgeSettings settings = new JudgeSettings(
            "filter-1", () -> new RegisteredVolumes(volumes, volumesOffset), this::schema, Duration.ofHours(24));
    private final Judge judge = new Judge(() -> active, store, StateLog.NONE, settings, figures);
    private long offset = 100;

    private Schema schema(int id) {
        if (registryFault != null) {
            throw registryFault;
        }
        return FileEvent.getClassSchema();
    }

    private void rules(long rulesOffset, String... definitions) {
        List<Rule> rules = new ArrayList<>();
        for (String definition : definitions) {
            rules.add(TestRules.rule(definition));
        }
        active = ActiveRules.of(RuleSet.of(rules), rulesOffset);
        store.inForce(rulesOffset, 0);
    }

    private List<Output> on(FileEvent event, RecordHeaders headers) {
        return on(Events.encode(event), headers);
    }

    private List<Output> on(byte[] value, RecordHeaders headers) {
        return judge.on(new Entry("inbox:/".getBytes(UTF_8), value, headers, LOG_TIME), PARTITION, offset++);
    }

    private List<Output> on(FileEvent event) {
        return on(event, new RecordHeaders());
    }

    private static RecordHeaders caused(int depth) {
        RecordHeaders headers = new RecordHeaders();
        new Causation("action-1", "agent-0:1:1", depth).write(headers);
        return headers;
    }

    private static Decision decision(List<Output> outputs) {
        return outputs.stream()
                .filter(Output.Concluded.class::isInstance)
                .map(output -> ((Output.Concluded) output).decision())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventThatNoRuleMatchesLeavesNothing() {
        rules(10, TestRules.definition("zip", "zip"));
        assertThat(on(Events.event("created", "/a.txt", 1))).isEmpty();
        assertThat(figures.snapshot()).containsEntry("read", 1L).containsEntry("judged", 1L);
    }

    @Test
    void aMatchMakesARequestAndADecision() {
        rules(10, TestRules.definition("zip", "zip"), TestRules.definition("other", "txt"));
        FileEvent event = Events.event("created", "/a.zip", 1);

        List<Output> outputs = on(event);

        assertThat(outputs).extracting(Output::topic).containsExactly("weir.actions.inbox", "weir.decisions");
        ActionRequest request = ((Output.Request) outputs.get(0)).request();
        assertThat(request.getId()).matches("[a-z0-9]{26}");
        assertThat(request.getRule()).isEqualTo("zip");
        assertThat(request.getAction()).isEqualTo("quarantine");
        assertThat(request.getParameters()).containsEntry("to", "/.quarantine");
        assertThat(request.getEvent()).isEqualTo(event);
        assertThat(request.getEventPartition()).isEqualTo(PARTITION);
        assertThat(request.getEventOffset()).isEqualTo(100);
        assertThat(request.getRulesOffset()).isEqualTo(10);
        assertThat(request.getNotAfter())
                .isEqualTo(Instant.ofEpochMilli(LOG_TIME).plus(Duration.ofHours(24)));
        assertThat(outputs.get(0).key()).isEqualTo("inbox:/".getBytes(UTF_8));
        Decision decision = decision(outputs);
        assertThat(decision.getOutcome()).isEqualTo("matched");
        assertThat(decision.getRulesOffset()).isEqualTo(10);
        assertThat(decision.getRules()).hasSize(1);
        assertThat(decision.getRules().get(0).getActionIds()).containsExactly(request.getId());
        assertThat(outputs.get(1).key()).isEqualTo("agent-1:1:1".getBytes(UTF_8));
        assertThat(outputs)
                .extracting(output -> Causation.read(output.headers()).orElseThrow())
                .containsOnly(new Causation("agent-1:1:1", "agent-1:1:1", 0));
    }

    @Test
    void requestsThatAreGatheredGoToATopicOfTheirOwnByRule() {
        rules(10, "id: tell\non: created\nactions:\n  - mail: { subject: gathered }\n");
        List<Output> outputs = on(Events.event("created", "/a.zip", 1));
        assertThat(outputs).extracting(Output::topic).containsExactly("weir.digests", "weir.decisions");
        assertThat(outputs.get(0).key()).isEqualTo("tell".getBytes(UTF_8));
    }

    @Test
    void actionIdsDependOnEventRuleAndPositionAlone() {
        String two = "id: zip\non: created\nactions:\n  - quarantine: { to: /x }\n  - mail: { subject: s }\n";
        rules(10, two);
        List<String> first = decision(on(Events.event("created", "/a.zip", 1)))
                .getRules()
                .get(0)
                .getActionIds();
        rules(11, two.replace("id: zip", "id: zip\ndescription: more words"));
        Judge again = new Judge(() -> active, new SequenceTable(), StateLog.NONE, settings, figures);
        Entry entry =
                new Entry(null, Events.encode(Events.event("created", "/a.zip", 1)), new RecordHeaders(), LOG_TIME);
        List<String> second = decision(again.on(entry, 0, 5)).getRules().get(0).getActionIds();

        assertThat(first).hasSize(2).doesNotHaveDuplicates().isEqualTo(second);
    }

    @Test
    void whatAnAgentSendsAgainIsDropped() {
        rules(10, TestRules.definition("zip", "zip"));
        assertThat(on(Events.event("created", "/a.zip", 5))).isNotEmpty();
        assertThat(on(Events.event("created", "/a.zip", 5))).isEmpty();
        assertThat(on(Events.event("created", "/b.zip", 4))).isEmpty();
        assertThat(on(Events.event("created", "/c.zip", 6))).isNotEmpty();
        assertThat(figures.snapshot()).containsEntry("resent", 2L).containsEntry("matched", 2L);
    }

    @Test
    void halvesCountButAreNotJudged() {
        rules(10, TestRules.definition("zip", "zip"));
        FileEvent event = Events.event("created", "/a.zip", 5);
        FileEvent half = FileEvent.newBuilder(event).setHalf("source").build();
        assertThat(on(half)).isEmpty();
        assertThat(on(event)).isNotEmpty();
        assertThat(on(half)).isEmpty();
        assertThat(figures.snapshot()).containsEntry("halves", 1L).containsEntry("resent", 1L);
    }

    @Test
    void ticksAreOnlyCounted() {
        rules(10, "id: all\non: [created, gap]\nactions:\n  - mail: { subject: s }\n");
        store.inForce(9, 0);
        assertThat(on(Events.event("tick", "/", 1))).isEmpty();
        assertThat(store.rulesOffset()).isEqualTo(9);
        assertThat(figures.snapshot()).containsEntry("ticks", 1L).containsEntry("judged", 0L);
    }

    @Test
    void anActionForAnUnregisteredVolumeIsADeadLetterAndTheOthersGoOn() {
        volumes.clear();
        rules(10, "id: zip\non: created\nactions:\n  - quarantine: { to: /x }\n  - mail: { subject: s }\n");

        List<Output> outputs = on(Events.event("created", "/a.zip", 1));

        assertThat(outputs)
                .extracting(Output::topic)
                .containsExactly("weir.dead-letters", "weir.actions", "weir.decisions");
        DeadLetter letter = DeadLetter.read(outputs.get(0).headers()).orElseThrow();
        assertThat(letter.cause()).isEqualTo("no worker for volume");
        assertThat(letter.detail()).contains("volume='inbox'").contains("weir volume add inbox");
        assertThat(letter.offset()).isEqualTo(100);
        assertThat(Causation.read(outputs.get(0).headers())).isPresent();
        assertThat(decision(outputs).getRules().get(0).getDetail()).isEqualTo("no worker for volume 'inbox'");
        assertThat(decision(outputs).getRules().get(0).getActionIds()).hasSize(2);
    }

    @Test
    void ofAShadowedRuleTheWorkersAreOnlyAskedWhatTheyWouldDo() {
        rules(10, TestRules.definition("zip", "zip", "mode: shadow"));
        List<Output> outputs = on(Events.event("created", "/a.zip", 1));
        assertThat(decision(outputs).getOutcome()).isEqualTo("shadowed");
        List<ActionRequest> requests = outputs.stream()
                .filter(Output.Request.class::isInstance)
                .map(output -> ((Output.Request) output).request())
                .toList();
        assertThat(requests).isNotEmpty().allMatch(ActionRequest::getDryRun);
        assertThat(decision(outputs).getRules().get(0).getActionIds())
                .isEqualTo(requests.stream().map(ActionRequest::getId).toList());
    }

    @Test
    void anEventThatAnActionCausedIsSuppressedWhateverMatches() {
        rules(10, TestRules.definition("zip", "zip"));
        List<Output> matching = on(Events.event("created", "/a.zip", 1), caused(1));
        List<Output> other = on(Events.event("created", "/a.txt", 2), caused(1));

        assertThat(matching).hasSize(1);
        assertThat(decision(matching).getOutcome()).isEqualTo("suppressed");
        assertThat(decision(matching).getRules().get(0).getOutcome()).isEqualTo("suppressed");
        assertThat(decision(matching).getCausationId()).isEqualTo("action-1");
        assertThat(decision(matching).getCausationEvidence()).isNull();
        assertThat(other).hasSize(1);
        assertThat(decision(other).getOutcome()).isEqualTo("suppressed");
        assertThat(decision(other).getRules()).isEmpty();
    }

    @Test
    void theDecisionTellsByWhatTheAgentKnewAndRequestsDoNot() {
        rules(10, TestRules.definition("zip", "zip", "causes: [external, action]", "max-depth: 2"));
        RecordHeaders headers = new RecordHeaders();
        new Causation("action-1", "agent-0:1:1", 1)
                .by(Causation.Evidence.MARK_ON_DISK)
                .write(headers);
        List<Output> outputs = on(Events.event("created", "/a.zip", 1), headers);
        assertThat(decision(outputs).getCausationEvidence()).isEqualTo("mark-on-disk");
        assertThat(outputs).allSatisfy(output -> assertThat(output.headers().lastHeader(Causation.CAUSATION_EVIDENCE))
                .isNull());
    }

    @Test
    void aRuleThatReactsToActionsDoesSoToABoundedDepth() {
        rules(10, TestRules.definition("zip", "zip", "causes: [external, action]", "max-depth: 2"));
        List<Output> within = on(Events.event("created", "/a.zip", 1), caused(2));
        List<Output> beyond = on(Events.event("created", "/a.zip", 2), caused(3));

        assertThat(decision(within).getOutcome()).isEqualTo("matched");
        assertThat(Causation.read(within.get(0).headers())).contains(new Causation("agent-1:1:1", "agent-0:1:1", 2));
        assertThat(beyond).hasSize(1);
        assertThat(decision(beyond).getOutcome()).isEqualTo("depth-exceeded");
    }

    @Test
    void aRuleForActionsOnlyPassesOverWhatCameFromOutside() {
        rules(10, TestRules.definition("zip", "zip", "causes: action"));
        assertThat(on(Events.event("created", "/a.zip", 1))).isEmpty();
        assertThat(decision(on(Events.event("created", "/a.zip", 2), caused(1))).getOutcome())
                .isEqualTo("matched");
    }

    @Test
    void theFirstEventUnderAnotherRuleSetNotesIt() {
        rules(10, TestRules.definition("zip", "zip"));
        store.inForce(JudgeStore.NONE, 0);
        List<Output> outputs = on(Events.event("created", "/a.txt", 1));
        assertThat(outputs).hasSize(1);
        Output.InForce inForce = (Output.InForce) outputs.get(0);
        assertThat(inForce.topic()).isEqualTo("weir.rules-in-force");
        assertThat(inForce.key()).isEqualTo("2:100".getBytes(UTF_8));
        assertThat(inForce.rules().getRulesOffset()).isEqualTo(10);
        assertThat(inForce.rules().getHash()).isEqualTo(active.set().hash());
        assertThat(on(Events.event("created", "/a.txt", 2))).isEmpty();
    }

    @Test
    void theFirstEventWithOtherVolumesNotesThem() {
        rules(10, TestRules.definition("zip", "zip"));
        on(Events.event("created", "/a.txt", 1));
        volumesOffset = 4;
        List<Output> outputs = on(Events.event("created", "/a.txt", 2));
        assertThat(outputs).hasSize(1);
        assertThat(((Output.InForce) outputs.get(0)).rules().getVolumesOffset()).isEqualTo(4);
        assertThat(on(Events.event("created", "/a.txt", 3))).isEmpty();
    }

    @Test
    void whatCannotBeDecodedIsADeadLetter() {
        rules(10, TestRules.definition("zip", "zip"));
        RecordHeaders headers = new RecordHeaders();
        headers.add("mine", new byte[] {1});
        List<Output> outputs = on("not avro".getBytes(UTF_8), headers);

        assertThat(outputs).hasSize(1);
        assertThat(outputs.get(0).topic()).isEqualTo("weir.dead-letters");
        assertThat(((Output.DeadEvent) outputs.get(0)).value()).isEqualTo("not avro".getBytes(UTF_8));
        assertThat(outputs.get(0).headers().lastHeader("mine")).isNotNull();
        DeadLetter letter = DeadLetter.read(outputs.get(0).headers()).orElseThrow();
        assertThat(letter.cause()).isEqualTo("undecodable event");
        assertThat(letter.topic()).isEqualTo("weir.file-events");
        assertThat(letter.partition()).isEqualTo(PARTITION);
        assertThat(headers.lastHeader(DeadLetter.CAUSE)).isNull();
        assertThat(on(Events.event("created", "/a.zip", 1))).isNotEmpty();
    }

    @Test
    void aRegistryThatIsAwayLeavesTheEventUnjudged() {
        rules(10, TestRules.definition("zip", "zip"));
        registryFault = new IllegalStateException("away");
        assertThatThrownBy(() -> on(Events.event("created", "/a.zip", 1))).hasMessage("away");
        registryFault = null;
        assertThat(on(Events.event("created", "/a.zip", 1))).isNotEmpty();
    }

    @Test
    void aFailureWithinTheRulesIsADeadLetterAndNamesThem() {
        active = new ActiveRules(
                RuleSet.EMPTY,
                (event, matches) -> {
                    throw new IllegalStateException("broken rule");
                },
                12);
        List<Output> outputs = on(Events.event("created", "/a.zip", 1));
        assertThat(outputs.get(0)).as("under which rules it failed").isInstanceOf(Output.InForce.class);
        DeadLetter letter = DeadLetter.read(outputs.get(1).headers()).orElseThrow();
        assertThat(letter.cause()).isEqualTo("judging failed under rules offset 12");
        assertThat(letter.detail()).contains("broken rule");
    }

    @Test
    void figuresAddUp() {
        rules(10, TestRules.definition("zip", "zip"));
        on(Events.event("created", "/a.zip", 1));
        on(Events.event("created", "/a.zip", 1));
        on(Events.event("tick", "/", 2));
        on(new byte[0], new RecordHeaders());
        Map<String, Long> all = figures.snapshot();
        long parts = Stream.of("ticks", "resent", "halves", "undecodable", "judged")
                .mapToLong(name -> all.getOrDefault(name, 0L))
                .sum();
        assertThat(all).containsEntry("read", parts).containsEntry("read", 4L).containsEntry("judged", 1L);
    }
}
