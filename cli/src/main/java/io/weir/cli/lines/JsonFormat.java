package io.weir.cli.lines;

import io.weir.schemas.Alert;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Firing;
import io.weir.schemas.Gap;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. The names are an interface: {@code kind} is in all, the others as {@code docs/cli.md} lists
 * them; an absent value has no field.
 */
final class JsonFormat implements LineFormat {
    /** Events that were read together have the same time, and to write it takes longer than the rest of the line. */
    private volatile Written lastWritten = new Written(Instant.EPOCH, Instant.EPOCH.toString());

    private record Written(Instant instant, String text) {}

    @Override
    public String format(Line line) {
        return json(line).text();
    }

    @Override
    public String format(LoggedLine line) {
        return json(line.line())
                .put("time", text(line.time()))
                .put("topic", line.topic())
                .put("partition", line.partition())
                .put("offset", line.offset())
                .text();
    }

    private JsonObject json(Line line) {
        JsonObject json = new JsonObject().put("kind", line.kind());
        if (line instanceof Line.Ready ready) {
            json.put("volumes", ready.volumes())
                    .put("bootstrapServers", nonEmpty(ready.bootstrapServers()))
                    .put("schemaRegistry", nonEmpty(ready.schemaRegistry()));
        } else if (line instanceof Line.Event event) {
            event(json, event.event());
            causation(json, event.causation());
        } else if (line instanceof Line.Gap gap) {
            gap(json, gap.event());
        } else if (line instanceof Line.Match match) {
            json.put("rules", match.rules())
                    .put("rule", match.rules().isEmpty() ? null : match.rules().get(0))
                    .put("event", match.eventId())
                    .put("type", match.type())
                    .put("volume", match.volume())
                    .put("path", match.path())
                    .put("actionIds", match.actionIds());
        } else if (line instanceof Line.Suppressed suppressed) {
            suppressed(json, suppressed);
        } else if (line instanceof Line.Action action) {
            action(json, action);
        } else if (line instanceof Line.Rule rule) {
            json.put("rule", rule.rule())
                    .put("status", rule.status())
                    .put("faults", nonEmpty(rule.faults()))
                    .put("volume", rule.volume().orElse(null))
                    .put("path", rule.path().orElse(null));
        } else if (line instanceof Line.Alert alert) {
            alert(json, alert.alert());
        } else if (line instanceof Line.Failure failure) {
            json.put("message", failure.message());
        }
        return json;
    }

    private void event(JsonObject json, FileEvent event) {
        json.put("type", event.getType())
                .put("volume", event.getVolume())
                .put("path", event.getPath())
                .put("previousPath", event.getPreviousPath())
                .put("id", EventId.of(event).toString())
                .put("origin", event.getOrigin())
                .put("observedAt", text(event.getObservedAt()))
                .put("host", event.getHost())
                .put("rawPath", EventFields.base64(event.getRawPath()))
                .put("rawPreviousPath", EventFields.base64(event.getRawPreviousPath()))
                .put("state", EventFields.state(event.getState()))
                .put("actor", EventFields.actor(event.getActor()));
    }

    private void gap(JsonObject json, FileEvent event) {
        json.put("volume", event.getVolume())
                .put("path", event.getPath())
                .put("id", EventId.of(event).toString())
                .put("observedAt", text(event.getObservedAt()));
        Gap gap = event.getGap();
        if (gap != null) {
            json.put("reason", gap.getReason())
                    .put("detail", gap.getDetail())
                    .put("since", text(gap.getSince()))
                    .put("until", gap.getUntil() == null ? null : text(gap.getUntil()));
        }
    }

    private static void suppressed(JsonObject json, Line.Suppressed line) {
        json.put("type", line.type())
                .put("volume", line.volume())
                .put("path", line.path())
                .put("causationId", line.causationId().orElse(null))
                .put("causationEvidence", line.evidence().orElse(null))
                .put("outcome", line.outcome())
                .put("rules", line.rules())
                .put("event", line.eventId())
                .put("detail", line.detail().orElse(null));
    }

    private static void action(JsonObject json, Line.Action line) {
        json.put("rule", line.rule())
                .put("action", line.action())
                .put("volume", line.volume())
                .put("path", line.path())
                .put("outcome", line.outcome())
                .put("target", line.target().orElse(null))
                .put("detail", line.detail().orElse(null))
                .put("attempt", line.attempt())
                .put("actionId", line.actionId())
                .put("event", line.eventId())
                .put("causationId", line.causation().map(Causation::causationId).orElse(line.actionId()));
        line.causation()
                .ifPresent(c -> json.put("correlationId", c.correlationId()).put("depth", c.depth()));
    }

    private static void alert(JsonObject json, Alert alert) {
        json.put("alert", alert.getKind())
                .put("rule", alert.getRule())
                .put("volume", alert.getVolume())
                .put("path", alert.getPath())
                .put("message", alert.getMessage())
                .put("firings", alert.getFirings())
                .put("withinMs", alert.getWithinMs())
                .put("since", alert.getSince())
                .put("at", alert.getAt())
                .put(
                        "evidence",
                        alert.getEvidence().stream().map(JsonFormat::firing).toList());
    }

    private static JsonObject firing(Firing firing) {
        return new JsonObject().put("event", firing.getEventId()).put("actionIds", firing.getActionIds());
    }

    private static void causation(JsonObject json, Optional<Causation> causation) {
        causation.ifPresent(c -> json.put("causationId", c.causationId())
                .put("correlationId", c.correlationId())
                .put("depth", c.depth()));
    }

    private String text(Instant instant) {
        Written last = lastWritten;
        if (!last.instant().equals(instant)) {
            last = new Written(instant, instant.toString());
            lastWritten = last;
        }
        return last.text();
    }

    private static @Nullable String nonEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable List<String> nonEmpty(List<String> list) {
        return list.isEmpty() ? null : list;
    }
}
