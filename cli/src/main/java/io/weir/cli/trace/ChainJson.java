package io.weir.cli.trace;

import io.weir.cli.lines.JsonObject;
import io.weir.cli.search.FoundRecord;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Causation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chain as one JSON object for each entry, in the order of the tree. The names are an interface, listed in {@code
 * docs/cli.md}; an absent value has no field.
 */
final class ChainJson {
    private final List<String> lines = new ArrayList<>();

    private ChainJson() {}

    static List<String> of(ChainNode root) {
        ChainJson json = new ChainJson();
        json.add(root, 0, null);
        return json.lines;
    }

    private void add(ChainNode node, int level, @Nullable String parent) {
        JsonObject json = new JsonObject()
                .put("kind", kind(node.entry()))
                .put("level", level)
                .put("parent", parent);
        node.entry().record().ifPresent(record -> record(json, record));
        fields(json, node.entry());
        lines.add(json.text());
        String own = node.entry().record().map(FoundRecord::place).orElse(parent);
        node.children().forEach(child -> add(child, level + 1, own));
    }

    private static void record(JsonObject json, FoundRecord record) {
        json.put("record", record.place())
                .put("time", record.time())
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset());
        record.causation().ifPresent(cause -> json.put("causationId", cause.causationId())
                .put("correlationId", cause.correlationId())
                .put("depth", cause.depth())
                .put("causationEvidence", evidence(cause)));
    }

    private static @Nullable String evidence(Causation cause) {
        return cause.evidence() == null ? null : cause.evidence().word();
    }

    private static String kind(Entry entry) {
        if (entry instanceof Entry.Event) {
            return "event";
        } else if (entry instanceof Entry.Decision) {
            return "decision";
        } else if (entry instanceof Entry.Contributed) {
            return "contribution";
        } else if (entry instanceof Entry.Request) {
            return "request";
        } else if (entry instanceof Entry.Result) {
            return "result";
        } else if (entry instanceof Entry.Dead) {
            return "dead-letter";
        }
        return entry instanceof Entry.Missing ? "missing" : "record";
    }

    private static void fields(JsonObject json, Entry entry) {
        if (entry instanceof Entry.Event event) {
            event(json, event);
        } else if (entry instanceof Entry.Decision decision) {
            decision(json, decision);
        } else if (entry instanceof Entry.Contributed contributed) {
            json.put("rule", contributed.contribution().getRule())
                    .put("group", contributed.contribution().getGroup())
                    .put("distinct", contributed.contribution().getDistinct());
        } else if (entry instanceof Entry.Request request) {
            json.put("actionId", request.request().getId())
                    .put("rule", request.request().getRule())
                    .put("action", request.request().getAction())
                    .put("notAfter", request.request().getNotAfter());
        } else if (entry instanceof Entry.Result result) {
            result(json, result);
        } else if (entry instanceof Entry.Dead dead) {
            json.put("id", Sentences.id(dead).orElse(null))
                    .put("component", dead.letter().component())
                    .put("cause", dead.letter().cause())
                    .put("detail", dead.letter().detail())
                    .put(
                            "source",
                            FoundRecord.place(
                                    dead.letter().topic(),
                                    dead.letter().partition(),
                                    dead.letter().offset()));
        } else if (entry instanceof Entry.Other other) {
            json.put(
                    "type",
                    other.found()
                            .value()
                            .map(value -> value.getSchema().getName())
                            .orElse(null));
        } else if (entry instanceof Entry.Missing missing) {
            json.put("what", missing.what().word()).put("id", missing.id());
        }
    }

    private static void event(JsonObject json, Entry.Event entry) {
        FileEvent event = entry.event();
        json.put("id", entry.id())
                .put("type", event.getType())
                .put("volume", event.getVolume())
                .put("path", event.getPath())
                .put("previousPath", event.getPreviousPath())
                .put("origin", event.getOrigin())
                .put("observedAt", event.getObservedAt())
                .put("otherHalf", entry.otherHalf().map(FoundRecord::place).orElse(null))
                .put("sentAgain", places(entry.again()));
    }

    private static @Nullable List<String> places(List<FoundRecord> records) {
        return records.isEmpty()
                ? null
                : records.stream().map(FoundRecord::place).toList();
    }

    private static void decision(JsonObject json, Entry.Decision entry) {
        io.weir.schemas.Decision decision = entry.decision();
        Position at = decision.getDecidedAt();
        json.put("event", decision.getEventId())
                .put("outcome", decision.getOutcome())
                .put("rules", decision.getRules().stream().map(ChainJson::rule).toList())
                .put("rulesOffset", decision.getRulesOffset())
                .put(
                        "decidedAt",
                        at == null ? null : FoundRecord.place(at.getTopic(), at.getPartition(), at.getOffset()));
        entry.counted()
                .ifPresent(counted -> json.put("counted", counted.count()).put("countedEvents", counted.events()));
    }

    private static JsonObject rule(RuleDecision rule) {
        return new JsonObject()
                .put("rule", rule.getRule())
                .put("outcome", rule.getOutcome())
                .put("actionIds", rule.getActionIds())
                .put("detail", rule.getDetail());
    }

    private static void result(JsonObject json, Entry.Result entry) {
        ActionResult result = entry.result();
        json.put("actionId", result.getActionId())
                .put("rule", result.getRule())
                .put("action", result.getAction())
                .put("outcome", result.getOutcome())
                .put("detail", result.getDetail())
                .put("attempt", result.getAttempt())
                .put("worker", result.getWorker())
                .put("startedAt", result.getStartedAt())
                .put("finishedAt", result.getFinishedAt())
                .put(
                        "effects",
                        result.getEffects().stream().map(ChainJson::effect).toList())
                .put("reportedAgain", entry.again() ? true : null);
    }

    private static JsonObject effect(AppliedEffect effect) {
        return new JsonObject()
                .put("kind", effect.getKind())
                .put("volume", effect.getVolume())
                .put("path", effect.getPath())
                .put("target", effect.getTarget())
                .put("before", fields(effect.getBefore()))
                .put("after", fields(effect.getAfter()));
    }

    private static @Nullable JsonObject fields(Map<String, String> fields) {
        if (fields.isEmpty()) {
            return null;
        }
        JsonObject json = new JsonObject();
        fields.forEach(json::put);
        return json;
    }
}
