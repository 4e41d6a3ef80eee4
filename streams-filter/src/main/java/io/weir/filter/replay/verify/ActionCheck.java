package io.weir.filter.replay.verify;

import io.weir.filter.replay.LogWindow;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Decision;
import io.weir.schemas.RuleDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows decisions to what came of them, by the ids of the actions: each match has its requests, each request its result,
 * each suppressed event the action that caused it. So that memory is bounded whatever the number of actions, ids are dealt
 * with in several passes, each looking at its share. Safe for all threads.
 */
final class ActionCheck {
    /** How many ids one pass should see. */
    static final long SHARE = 500_000;

    /** How much older than its result or its echo a request may be: as long as workers take it, and some more. */
    private static final Duration OLDEST = Duration.ofHours(25);

    private final int pass;
    private final int passes;
    private final Findings findings;
    private final Map<String, Trail> trails = new HashMap<>();
    private final Map<Lane, Long> furthest = new HashMap<>();
    private long open;

    /** Requests for events of one partition, in one partition: in the order of the events. */
    private record Lane(TopicPartition in, int eventPartition) {}

    ActionCheck(int pass, int passes, Findings findings) {
        this.pass = pass;
        this.passes = passes;
        this.findings = findings;
    }

    /** What is known of an action. */
    private static final class Trail {
        private boolean decided;
        private boolean late;
        private boolean dead;
        private String behind = "";
        private boolean inWindow;
        private boolean requested;
        private boolean ended;
        private String decision = "";
        private String echo = "";
        private long echoMillis;
        private String request = "";
        private long requestMillis;
        private String about = "";
        private Instant notAfter = Instant.MAX;
        private String result = "";
        private long resultMillis;
    }

    private Optional<Trail> trail(String id) {
        return Math.floorMod(id.hashCode(), passes) == pass
                ? Optional.of(trails.computeIfAbsent(id, key -> new Trail()))
                : Optional.empty();
    }

    /** A decision whose place is in the window of those to be checked, or not. */
    synchronized void decision(Decision decision, String place, long millis, boolean inWindow, boolean checksEcho) {
        for (RuleDecision rule : decision.getRules()) {
            for (String id : rule.getActionIds()) {
                trail(id).ifPresent(trail -> {
                    trail.decided = true;
                    trail.late |= decision.getDecidedAt() != null;
                    trail.inWindow |= inWindow;
                    trail.decision = place;
                    trail.about = "action '" + id + "' of rule '" + rule.getRule() + "' on " + decision.getVolume()
                            + ":" + decision.getPath();
                });
            }
        }
        String cause = decision.getCausationId();
        if (cause != null && inWindow && checksEcho) {
            trail(cause).ifPresent(trail -> {
                trail.echo = trail.echo.isEmpty() ? place : trail.echo;
                trail.echoMillis = millis;
            });
        }
    }

    /** @param in the partition that has it, whose records come in their order */
    synchronized void request(ActionRequest request, TopicPartition in, String place, long millis) {
        boolean behind = isBehind(request, in);
        trail(request.getId()).ifPresent(trail -> {
            trail.behind = behind && !trail.requested ? place : trail.behind;
            trail.requested = true;
            trail.request = request.getEventPartition() < 0 ? "" : place;
            trail.requestMillis = millis;
            trail.notAfter = request.getNotAfter();
            trail.about = "action '" + request.getId() + "' of rule '" + request.getRule() + "' on "
                    + request.getEvent().getVolume() + ":" + request.getEvent().getPath();
        });
    }

    /** Whether a request for a later event of the same partition stands before it. */
    private boolean isBehind(ActionRequest request, TopicPartition in) {
        if (request.getEventPartition() < 0) {
            return false;
        }
        long most = furthest.merge(new Lane(in, request.getEventPartition()), request.getEventOffset(), Math::max);
        return request.getEventOffset() < most;
    }

    synchronized void result(ActionResult result, String place, long millis) {
        trail(result.getActionId()).ifPresent(trail -> {
            trail.ended = true;
            trail.result = place;
            trail.resultMillis = millis;
        });
    }

    /** A request that nobody could carry out. */
    synchronized void deadLetter(ActionRequest request) {
        trail(request.getId()).ifPresent(trail -> {
            trail.requested = true;
            trail.ended = true;
            trail.dead = true;
        });
    }

    /**
     * Tells what is amiss; gives how many requests may still get their result.
     *
     * @param requestsFrom when the oldest request that is kept was written, if older ones have been deleted
     * @param eventsFrom log time at which the window begins
     */
    synchronized long report(Optional<Instant> requestsFrom, Instant eventsFrom, Instant now) {
        Instant known = requestsFrom.map(from -> from.plus(OLDEST)).orElse(Instant.MIN);
        trails.forEach((id, trail) -> {
            if (trail.inWindow && !trail.requested) {
                add(
                        Finding.Kind.NO_REQUEST,
                        trail.decision,
                        trail.about + " was decided, and there is no request for it");
            }
            if (trail.inWindow && trail.requested && !trail.ended) {
                unfinished(trail, now);
            }
            if (trail.requested && !trail.decided && !trail.request.isEmpty() && isIn(trail, eventsFrom)) {
                add(Finding.Kind.FORGED, trail.request, trail.about + " was asked for, and no decision says so");
            }
            // What waited or counted takes effect behind later events, and what was a dead letter may be tried again.
            if (!trail.behind.isEmpty() && trail.inWindow && !trail.late && !trail.dead) {
                add(Finding.Kind.ORDER, trail.behind, trail.about + " stands behind one for a later event");
            }
            if (!trail.echo.isEmpty()
                    && !trail.requested
                    && Instant.ofEpochMilli(trail.echoMillis).isAfter(known)) {
                add(
                        Finding.Kind.NO_ACTION,
                        trail.echo,
                        "the event is said to be caused by action '" + id + "', for which there is no request");
            }
            if (!trail.result.isEmpty()
                    && !trail.requested
                    && Instant.ofEpochMilli(trail.resultMillis).isAfter(known)) {
                add(
                        Finding.Kind.FORGED,
                        trail.result,
                        "the result of action '" + id + "', for which there is no request");
            }
        });
        return open;
    }

    private void unfinished(Trail trail, Instant now) {
        if (trail.notAfter.isBefore(now)) {
            add(
                    Finding.Kind.NO_RESULT,
                    trail.request,
                    trail.about + " was asked for, its time was over at " + trail.notAfter
                            + ", and there is no result");
        } else {
            open++;
        }
    }

    /** Whether its decision, if there were one, would have been read: requests and decisions come together. */
    private static boolean isIn(Trail trail, Instant eventsFrom) {
        return !Instant.ofEpochMilli(trail.requestMillis).isBefore(eventsFrom);
    }

    private void add(Finding.Kind kind, String place, String what) {
        findings.add(new Finding(kind, place, what, "", ""));
    }

    /** How many passes it takes for so many records. */
    static int passes(long decisions, LogWindow... others) {
        long all = decisions;
        for (LogWindow other : others) {
            all += other.size();
        }
        return (int) Math.max(1, (all + SHARE - 1) / SHARE);
    }
}
