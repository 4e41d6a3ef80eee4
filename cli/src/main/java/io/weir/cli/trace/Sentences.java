package io.weir.cli.trace;

import io.weir.cli.search.FoundRecord;
import io.weir.cli.trace.Entry.Missing;
import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What an entry of a chain says, for people. */
final class Sentences {
    private static final int MOST_EVENTS = 5;

    private Sentences() {}

    static String of(Entry entry) {
        if (entry instanceof Entry.Event event) {
            return "event " + event(event);
        } else if (entry instanceof Entry.Decision decision) {
            return "decision " + decision(decision);
        } else if (entry instanceof Entry.Contributed contributed) {
            return "contribution to rule " + contributed.contribution().getRule() + ", which counts by "
                    + contributed.contribution().getGroup();
        } else if (entry instanceof Entry.Request request) {
            return "request " + request.request().getAction() + " by rule "
                    + request.request().getRule();
        } else if (entry instanceof Entry.Result result) {
            return "result " + result(result.result()) + (result.again() ? " (reported again)" : "");
        } else if (entry instanceof Entry.Dead dead) {
            return "dead letter of " + dead.letter().component() + ": "
                    + dead.letter().cause() + ": "
                    + dead.letter().detail() + " ("
                    + FoundRecord.place(
                            dead.letter().topic(),
                            dead.letter().partition(),
                            dead.letter().offset())
                    + ")";
        } else if (entry instanceof Entry.Other other) {
            return other.found()
                    .value()
                    .map(value -> "record of type " + value.getSchema().getName())
                    .orElse("record that cannot be decoded");
        }
        Missing missing = (Missing) entry;
        return missing.what().sentence(missing.id());
    }

    private static String event(Entry.Event entry) {
        FileEvent event = entry.event();
        String previous = event.getPreviousPath();
        String file = event.getVolume() + ":" + (previous == null ? "" : previous + " -> ") + event.getPath();
        StringBuilder text = new StringBuilder(event.getType()).append(' ').append(file);
        if (!event.getOrigin().equals("live")) {
            text.append(", ").append(event.getOrigin());
        }
        entry.found().causation().ifPresent(cause -> text.append(", caused by the action (")
                .append(evidence(cause))
                .append(')'));
        entry.otherHalf().ifPresent(half -> text.append(", other half ").append(half.place()));
        if (!entry.again().isEmpty()) {
            text.append(", sent again ").append(places(entry.again()));
        }
        return text.toString();
    }

    private static String evidence(Causation cause) {
        return cause.evidence() == null
                ? "not told how that is known"
                : cause.evidence().word();
    }

    private static String places(List<FoundRecord> records) {
        return records.stream().map(FoundRecord::place).collect(Collectors.joining(", "));
    }

    private static String decision(Entry.Decision entry) {
        io.weir.schemas.Decision decision = entry.decision();
        StringBuilder text = new StringBuilder(decision.getOutcome());
        String rules = decision.getRules().stream()
                .map(rule -> rule(rule, decision.getOutcome()))
                .collect(Collectors.joining(", "));
        if (!rules.isEmpty()) {
            text.append(": ").append(rules);
        } else if (decision.getCausationId() != null) {
            text.append(": no rule would have matched");
        }
        later(entry).ifPresent(text::append);
        return text.toString();
    }

    private static String rule(RuleDecision rule, String outcome) {
        String own = rule.getOutcome().equals(outcome) ? "" : " " + rule.getOutcome();
        return rule.getRule() + own + (rule.getDetail() == null ? "" : " (" + rule.getDetail() + ")");
    }

    private static Optional<String> later(Entry.Decision entry) {
        Position at = entry.decision().getDecidedAt();
        if (at == null) {
            return Optional.empty();
        }
        String place = FoundRecord.place(at.getTopic(), at.getPartition(), at.getOffset());
        if (!at.getTopic().equals(Topics.AGGREGATES)) {
            return Optional.of("; it had waited until " + place);
        }
        return Optional.of(
                "; counted " + entry.counted().map(Sentences::counted).orElse("events that are not kept any more")
                        + " up to " + place);
    }

    private static String counted(Counted counted) {
        List<String> events = counted.events();
        int from = Math.max(0, events.size() - MOST_EVENTS);
        boolean all = from == 0 && events.size() == counted.count();
        return counted.count() + " events (" + (all ? "" : "the last: ")
                + String.join(", ", events.subList(from, events.size())) + ")";
    }

    private static String result(ActionResult result) {
        String effects = result.getEffects().stream().map(Sentences::effect).collect(Collectors.joining("; "));
        return result.getOutcome()
                + (effects.isEmpty() ? "" : ": " + effects)
                + (result.getDetail() == null ? "" : ": " + result.getDetail())
                + " (attempt " + result.getAttempt() + ", worker " + result.getWorker() + ", "
                + Duration.between(result.getStartedAt(), result.getFinishedAt())
                        .toMillis() + " ms)";
    }

    private static String effect(AppliedEffect effect) {
        String target = effect.getTarget();
        String volume = effect.getVolume() == null ? "" : effect.getVolume() + ":";
        return effect.getKind() + " " + volume + effect.getPath() + (target == null ? "" : " -> " + target)
                + fields(effect.getBefore(), effect.getAfter());
    }

    private static String fields(Map<String, String> before, Map<String, String> after) {
        return new TreeMap<>(after)
                .entrySet().stream()
                        .map(field -> " " + field.getKey() + " " + was(before.get(field.getKey())) + field.getValue())
                        .collect(Collectors.joining(","));
    }

    private static String was(@Nullable String value) {
        return value == null ? "" : value + " -> ";
    }

    /** The id that an entry goes by elsewhere; empty if it has none of its own. */
    static Optional<String> id(Entry entry) {
        if (entry instanceof Entry.Event event) {
            return Optional.of(event.id());
        } else if (entry instanceof Entry.Request request) {
            return Optional.of(request.request().getId());
        } else if (entry instanceof Entry.Dead dead) {
            return dead.found().value().flatMap(Sentences::id);
        }
        return Optional.empty();
    }

    private static Optional<String> id(SpecificRecord value) {
        return value instanceof io.weir.schemas.ActionRequest request
                ? Optional.of(request.getId())
                : value instanceof FileEvent event
                        ? Optional.of(EventId.of(event).toString())
                        : Optional.empty();
    }
}
