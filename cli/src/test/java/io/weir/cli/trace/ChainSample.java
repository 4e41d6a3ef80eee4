package io.weir.cli.trace;

import io.weir.cli.lines.SampleEvents;
import io.weir.cli.search.FoundRecord;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of the chain that event {@code host-1:1:1} begins, each a tenth of a second after the one before. */
public final class ChainSample {
    static final String FIRST = "host-1:1:1";
    static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");

    private final List<FoundRecord> records = new ArrayList<>();

    List<FoundRecord> records() {
        return List.copyOf(records);
    }

    ChainSample without(String topic, long offset) {
        records.removeIf(record -> record.topic().equals(topic) && record.offset() == offset);
        return this;
    }

    /** Its partition is 0, and its offset how many records there were. */
    ChainSample add(String topic, @Nullable Causation causation, @Nullable SpecificRecord value) {
        return add(topic, causation, null, value);
    }

    ChainSample add(
            String topic,
            @Nullable Causation causation,
            @Nullable DeadLetter deadLetter,
            @Nullable SpecificRecord value) {
        records.add(new FoundRecord(
                topic,
                0,
                records.size(),
                BEGIN.plusMillis(100L * records.size()),
                Optional.ofNullable(causation),
                Optional.ofNullable(deadLetter),
                Optional.ofNullable(value)));
        return this;
    }

    ChainSample external(FileEvent event) {
        return add(Topics.FILE_EVENTS, null, event);
    }

    ChainSample caused(String action, int depth, FileEvent event) {
        return add(Topics.FILE_EVENTS, new Causation(action, FIRST, depth, Causation.Evidence.WINDOW), event);
    }

    ChainSample decided(FileEvent event, String outcome, RuleDecision... rules) {
        return add(Topics.DECISIONS, by(event), decision(event, outcome, null, null, rules));
    }

    ChainSample suppressed(FileEvent event, String action) {
        return add(Topics.DECISIONS, by(event), decision(event, "suppressed", action, null));
    }

    ChainSample requested(FileEvent event, String action) {
        return add("weir.actions.inbox", by(event), request(event, action));
    }

    ChainSample resulted(FileEvent event, String action, String outcome, AppliedEffect... effects) {
        return add(Topics.ACTION_RESULTS, new Causation(action, FIRST, 1), result(event, action, outcome, effects));
    }

    public static ActionResult result(FileEvent event, String action, String outcome, AppliedEffect... effects) {
        return ActionResult.newBuilder()
                .setActionId(action)
                .setAttempt(1)
                .setOutcome(outcome)
                .setRule("rule")
                .setAction("quarantine")
                .setVolume("inbox")
                .setPath(event.getPath())
                .setEventId(EventId.of(event).toString())
                .setEffects(List.of(effects))
                .setWorker("w")
                .setStartedAt(BEGIN)
                .setFinishedAt(BEGIN.plusMillis(12))
                .build();
    }

    static Causation by(FileEvent event) {
        return new Causation(EventId.of(event).toString(), FIRST, 0);
    }

    public static FileEvent event(long sequence, String type, String path) {
        return SampleEvents.event(type, path).setSequence(sequence).build();
    }

    public static FileEvent moved(long sequence, String from, String to) {
        return FileEvent.newBuilder(event(sequence, "moved", to))
                .setPreviousPath(from)
                .build();
    }

    public static RuleDecision rule(String id, String outcome, String... actions) {
        return new RuleDecision(id, outcome, List.of(actions), null);
    }

    public static Decision decision(
            FileEvent event, String outcome, @Nullable String action, @Nullable Position at, RuleDecision... rules) {
        return Decision.newBuilder()
                .setEventId(EventId.of(event).toString())
                .setVolume("inbox")
                .setPath(event.getPath())
                .setType(event.getType())
                .setPartition(0)
                .setOffset(0)
                .setRulesOffset(7)
                .setOutcome(outcome)
                .setRules(List.of(rules))
                .setCausationId(action)
                .setDecidedAt(at)
                .build();
    }

    static ActionRequest request(FileEvent event, String action) {
        return ActionRequest.newBuilder()
                .setId(action)
                .setRule("rule")
                .setRulesOffset(7)
                .setPosition(0)
                .setAction("quarantine")
                .setParameters(Map.of())
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(0)
                .setNotAfter(BEGIN)
                .build();
    }

    static Contribution contribution(FileEvent event, @Nullable String action, @Nullable String distinct) {
        return Contribution.newBuilder()
                .setRule("counts")
                .setConditionHash("hash")
                .setGroup("inbox")
                .setDistinct(distinct)
                .setEvent(event)
                .setEventPartition(0)
                .setEventOffset(0)
                .setRulesOffset(7)
                .setCausationId(action)
                .build();
    }

    static AppliedEffect move(String from, String to) {
        return new AppliedEffect("move", from, to, Map.of(), Map.of(), null, null, null, null);
    }
}
