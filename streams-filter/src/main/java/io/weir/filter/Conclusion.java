package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.RuleAction;
import io.weir.rules.RuleAction.Route;
import io.weir.rules.trigger.Trigger;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** What follows from an event and the rules whose conditions it satisfied: a decision, and requests for the actions. */
final class Conclusion {
    private static final String MATCHED = "matched";
    private static final String SUPPRESSED = "suppressed";
    private static final String DEPTH_EXCEEDED = "depth-exceeded";
    private static final String SHADOWED = "shadowed";
    private static final List<String> WITHOUT_ACTION =
            List.of(TripRecords.TRIPPED, DEPTH_EXCEEDED, SUPPRESSED, SHADOWED);

    private final JudgeSettings settings;
    private final Breakers breakers;
    private final FilterFigures figures;

    Conclusion(JudgeSettings settings, Breakers breakers, FilterFigures figures) {
        this.settings = settings;
        this.breakers = breakers;
        this.figures = figures;
    }

    /**
     * An event with what it was judged under.
     *
     * @param key the event's
     * @param time when it takes effect, by the log, milliseconds since 1970
     * @param partition of the event
     * @param offset of the event
     * @param volumes those registered then
     * @param causation the action of ours that caused it
     * @param decidedAt the record whose reading brought it about; empty if that is the event
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as Kafka hands them over; cases are never compared
    record Case(
            byte @Nullable [] key,
            long time,
            Judged event,
            int partition,
            long offset,
            long rulesOffset,
            RegisteredVolumes volumes,
            Optional<Causation> causation,
            Optional<Position> decidedAt) {
        /** What a request or decision carries: the event is its cause. */
        Causation next(String eventId) {
            return causation
                    .map(c -> new Causation(eventId, c.correlationId(), c.depth()))
                    .orElseGet(() -> new Causation(eventId, eventId, 0));
        }
    }

    /**
     * Adds the requests and the decision to the outputs; nothing if no rule was asked for such an event.
     *
     * @param later takes the rules that take effect with more than this event
     */
    void conclude(Case c, List<Rule> matches, Consumer<Rule> later, List<Output> outputs) {
        String eventId = c.event().id();
        Causation next = c.next(eventId);
        List<RuleDecision> decisions = new ArrayList<>(matches.size());
        @Nullable FileEvent record = null;
        boolean deferred = false;
        for (Rule rule : matches) {
            if (c.causation().isEmpty() && !rule.reactsToExternal()) {
                continue;
            }
            String outcome = outcome(rule, c.causation());
            if (rule.trigger() != Trigger.AT_ONCE && (outcome.equals(MATCHED) || outcome.equals(SHADOWED))) {
                later.accept(rule);
                deferred = true;
                continue;
            }
            if (outcome.equals(MATCHED)) {
                record = record == null ? c.event().record() : record;
                decisions.add(fire(c, rule, record, next, outputs));
            } else if (outcome.equals(SHADOWED)) {
                record = record == null ? c.event().record() : record;
                decisions.add(shadow(c, rule, record, next, outputs));
            } else {
                decisions.add(new RuleDecision(rule.id(), outcome, List.of(), null));
            }
        }
        if (!decisions.isEmpty() || (c.causation().isPresent() && !deferred)) {
            outputs.add(decision(c, eventId, next, decisions));
        }
    }

    /** Adds what follows from a rule that has waited for more than this event, and has it now. */
    void concludeLate(Case c, Rule rule, List<Output> outputs) {
        String eventId = c.event().id();
        Causation next = c.next(eventId);
        RuleDecision decided = rule.mode() == Mode.ENFORCE
                ? fire(c, rule, c.event().record(), next, outputs)
                : shadow(c, rule, c.event().record(), next, outputs);
        outputs.add(decision(c, eventId, next, List.of(decided)));
    }

    /** Adds the requests of a rule that takes effect, unless it does so too often. */
    private RuleDecision fire(Case c, Rule rule, FileEvent record, Causation next, List<Output> outputs) {
        Optional<Breakers.Trip> trip = breakers.fire(rule, c.event(), c.time());
        if (trip.isPresent()) {
            return suspended(c, rule, trip.get(), next, outputs);
        }
        List<String> actionIds = new ArrayList<>(rule.actions().size());
        @Nullable String detail = request(c, rule, record, next, actionIds, outputs);
        return new RuleDecision(rule.id(), MATCHED, actionIds, detail);
    }

    /** Asks the workers what they would do. Where none serves the volume, nobody can say. */
    private RuleDecision shadow(Case c, Rule rule, FileEvent record, Causation next, List<Output> outputs) {
        List<String> actionIds = new ArrayList<>(rule.actions().size());
        for (RuleAction action : rule.actions()) {
            if (action.route() != Route.VOLUME || c.volumes().test(record.getVolume())) {
                String id = ActionId.of(next.causationId(), rule.id(), rule.hash(), action.position());
                actionIds.add(id);
                Route route = action.route() == Route.GATHERED ? Route.ANY_WORKER : action.route();
                outputs.add(routed(route, c, request(c, rule, action, id, record), next));
            }
        }
        return new RuleDecision(rule.id(), SHADOWED, actionIds, null);
    }

    private RuleDecision suspended(Case c, Rule rule, Breakers.Trip trip, Causation next, List<Output> outputs) {
        if (trip.anew()) {
            RulePath target =
                    new RulePath(rule.id(), c.event().volume(), c.event().path());
            Headers headers = new RecordHeaders();
            next.write(headers);
            outputs.addAll(TripRecords.tripped(rule, c, target, trip.span(), settings.filter(), headers));
        }
        return new RuleDecision(rule.id(), TripRecords.TRIPPED, List.of(), TripRecords.detail(rule, trip.span()));
    }

    private static String outcome(Rule rule, Optional<Causation> causation) {
        if (causation.isPresent() && !rule.reactsToActions()) {
            return SUPPRESSED;
        }
        if (causation.isPresent() && causation.get().depth() > rule.maxDepth()) {
            return DEPTH_EXCEEDED;
        }
        return rule.mode() == Mode.SHADOW ? SHADOWED : MATCHED;
    }

    /** Adds a request for each action; gives what is to be said about them, if anything. */
    private @Nullable String request(
            Case c, Rule rule, FileEvent record, Causation next, List<String> actionIds, List<Output> outputs) {
        @Nullable String detail = null;
        String eventId = next.causationId();
        for (RuleAction action : rule.actions()) {
            String id = ActionId.of(eventId, rule.id(), rule.hash(), action.position());
            actionIds.add(id);
            ActionRequest request = request(c, rule, action, id, record);
            String volume = record.getVolume();
            if (action.route() == Route.VOLUME && !c.volumes().test(volume)) {
                detail = "no worker for volume '" + volume + "'";
                Headers headers = new RecordHeaders();
                next.write(headers);
                outputs.add(dead(c, request, volume, headers));
            } else {
                outputs.add(routed(action.route(), c, request, next));
            }
        }
        return detail;
    }

    private Output routed(Route route, Case c, ActionRequest request, Causation next) {
        figures.requests.increment();
        Headers headers = new RecordHeaders();
        next.write(headers);
        return switch (route) {
            case VOLUME ->
                new Output.Request(Topics.actionsOf(request.getEvent().getVolume()), c.key(), request, headers);
            case ANY_WORKER -> new Output.Request(Topics.ACTIONS, c.key(), request, headers);
            case GATHERED ->
                new Output.Request(Topics.DIGESTS, request.getRule().getBytes(UTF_8), request, headers);
        };
    }

    private Output dead(Case c, ActionRequest request, String volume, Headers headers) {
        figures.deadRequests.increment();
        String detail = "action '" + request.getAction() + "' of rule '" + request.getRule() + "' needs volume='"
                + volume + "', which is not registered; start a worker that serves it, or try 'weir volume add "
                + volume + "'";
        new DeadLetter(
                        "filter",
                        "no worker for volume",
                        detail,
                        Topics.ACTIONS + "." + volume,
                        c.partition(),
                        c.offset())
                .write(headers);
        return new Output.DeadRequest(Topics.DEAD_LETTERS, c.key(), request, headers);
    }

    private ActionRequest request(Case c, Rule rule, RuleAction action, String id, FileEvent record) {
        return ActionRequest.newBuilder()
                .setId(id)
                .setRule(rule.id())
                .setRulesOffset(c.rulesOffset())
                .setPosition(action.position())
                .setAction(action.type())
                .setParameters(action.parameters())
                .setEvent(record)
                .setEventPartition(c.partition())
                .setEventOffset(c.offset())
                .setNotAfter(Instant.ofEpochMilli(c.time()).plus(settings.notAfter()))
                .setDryRun(rule.mode() == Mode.SHADOW)
                .build();
    }

    private Output decision(Case c, String eventId, Causation next, List<RuleDecision> decisions) {
        String outcome = outcome(decisions);
        figures.concluded(outcome, decisions);
        Decision decision = Decision.newBuilder()
                .setEventId(eventId)
                .setVolume(c.event().volume())
                .setPath(c.event().path())
                .setType(c.event().type())
                .setPartition(c.partition())
                .setOffset(c.offset())
                .setRulesOffset(c.rulesOffset())
                .setOutcome(outcome)
                .setRules(decisions)
                .setCausationId(c.causation().map(Causation::causationId).orElse(null))
                .setCausationEvidence(c.causation().map(Conclusion::evidence).orElse(null))
                .setDecidedAt(c.decidedAt().orElse(null))
                .build();
        Headers headers = new RecordHeaders();
        next.write(headers);
        return new Output.Concluded(Topics.DECISIONS, eventId.getBytes(UTF_8), decision, headers);
    }

    private static String outcome(List<RuleDecision> decisions) {
        List<String> outcomes = decisions.stream().map(RuleDecision::getOutcome).toList();
        if (outcomes.contains(MATCHED)) {
            return MATCHED;
        }
        return WITHOUT_ACTION.stream().filter(outcomes::contains).findFirst().orElse(SUPPRESSED);
    }

    static @Nullable String evidence(Causation causation) {
        return causation.evidence() == null ? null : causation.evidence().word();
    }
}
