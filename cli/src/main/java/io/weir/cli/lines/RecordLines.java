package io.weir.cli.lines;

import io.weir.schemas.ActionResult;
import io.weir.schemas.Alert;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulePath;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** What a record is as a line; empty for what nobody wants to see. Stateless. */
public final class RecordLines {
    private static final String MATCHED = "matched";

    private RecordLines() {}

    /** An event or a gap. Ticks, resets and the source halves of moves are not shown. */
    public static Optional<Line> of(FileEvent event, Optional<Causation> causation) {
        return switch (event.getType()) {
            case "tick", BreakerReset.TYPE -> Optional.empty();
            case "gap" -> Optional.of(new Line.Gap(event));
            default -> event.getHalf() == null ? Optional.of(new Line.Event(event, causation)) : Optional.empty();
        };
    }

    /** The same of a record of any of the topics that are shown. */
    static Optional<Line> of(Object value, Headers headers) {
        if (value instanceof FileEvent event) {
            return of(event, Causation.read(headers));
        } else if (value instanceof Decision decision) {
            return Optional.of(of(decision));
        } else if (value instanceof ActionResult result) {
            return Optional.of(of(result, Causation.read(headers)));
        } else if (value instanceof RuleStatus status) {
            return of(status);
        } else if (value instanceof Alert alert) {
            return Optional.of(new Line.Alert(alert));
        }
        return Optional.empty();
    }

    /** The deletion of a rule's status: it is no longer suspended for the path. */
    static Optional<Line> ofDeletedStatus(String key) {
        return RulePath.ofKey(key)
                .map(target -> new Line.Rule(
                        target.rule(), "reset", List.of(), Optional.of(target.volume()), Optional.of(target.path())));
    }

    /** A record that could not be handled. */
    static Optional<Line> ofDeadLetter(Headers headers) {
        return DeadLetter.read(headers)
                .map(letter -> new Line.Failure(
                        letter.component() + ": " + letter.cause() + ": " + letter.detail() + " (" + letter.topic()
                                + "-" + letter.partition() + "@" + letter.offset() + ", kept in weir.dead-letters)"));
    }

    /** What was concluded about an event. */
    public static Line of(Decision decision) {
        boolean matched = decision.getOutcome().equals(MATCHED);
        List<RuleDecision> rules = decision.getRules().stream()
                .filter(rule -> !matched || rule.getOutcome().equals(MATCHED))
                .toList();
        List<String> ids = rules.stream().map(RuleDecision::getRule).toList();
        if (matched) {
            return new Line.Match(
                    ids,
                    rules.stream().flatMap(rule -> rule.getActionIds().stream()).toList(),
                    decision.getEventId(),
                    decision.getType(),
                    decision.getVolume(),
                    decision.getPath());
        }
        return new Line.Suppressed(
                decision.getOutcome(),
                ids,
                decision.getEventId(),
                decision.getType(),
                decision.getVolume(),
                decision.getPath(),
                Optional.ofNullable(decision.getCausationId()),
                Optional.ofNullable(decision.getCausationEvidence()),
                rules.stream()
                        .flatMap(rule -> Optional.ofNullable(rule.getDetail()).stream())
                        .findFirst());
    }

    /** What became of a request. */
    public static Line of(ActionResult result, Optional<Causation> causation) {
        return new Line.Action(
                result.getRule(),
                result.getAction(),
                result.getActionId(),
                result.getAttempt(),
                result.getVolume(),
                result.getPath(),
                result.getEffects().stream()
                        .flatMap(effect -> Optional.ofNullable(effect.getTarget()).stream())
                        .reduce((first, last) -> last),
                result.getOutcome(),
                Optional.ofNullable(result.getDetail()),
                result.getEventId(),
                causation);
    }

    private static Optional<Line> of(RuleStatus status) {
        if (status.getRule().equals(Keys.APPLY) && !status.getStatus().equals("rejected")) {
            return Optional.empty();
        }
        return Optional.of(new Line.Rule(
                status.getRule(),
                status.getStatus(),
                status.getFaults(),
                Optional.ofNullable(status.getVolume()),
                Optional.ofNullable(status.getPath())));
    }
}
