package io.weir.agent.intake;

import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What cannot be seen at present, and the last that could not. For one thread, but for what it tells. */
public final class Gaps {
    /** Bounds what is told: there may be one for each directory. */
    private static final int MOST_OPEN = 50;

    private static final int MOST_OVER = 10;

    private record Key(Place place, String reason) {}

    private final Outbox outbox;
    private final Map<Key, GapOpened> open = new LinkedHashMap<>();
    private final ArrayDeque<GapSpan> over = new ArrayDeque<>();
    private volatile List<GapSpan> spans = List.of();
    private volatile int count;

    public Gaps(Outbox outbox) {
        this.outbox = outbox;
    }

    /** One begins, unless there is one of this place and reason. */
    public void opened(GapOpened gap) {
        if (open.putIfAbsent(new Key(gap.place(), gap.reason()), gap) == null) {
            outbox.publish(Draft.gap(
                    gap.observedAt(),
                    gap.place(),
                    new Draft.Blind(gap.reason(), gap.detail(), gap.observedAt(), null)));
            tell();
        }
    }

    /** One is over, if there is one. */
    public void closed(GapClosed gap) {
        GapOpened opened = open.remove(new Key(gap.place(), gap.reason()));
        if (opened != null) {
            over(gap.observedAt(), gap.place(), gap.reason(), opened.detail(), opened.observedAt());
        }
    }

    /** A gap that is over by the time that it is known. */
    public void over(long observedAt, Place place, String reason, String detail, long since) {
        outbox.publish(Draft.gap(observedAt, place, new Draft.Blind(reason, detail, since, observedAt)));
        over.add(new GapSpan(place, reason, detail, since, observedAt));
        if (over.size() > MOST_OVER) {
            over.remove();
        }
        tell();
    }

    /** The agent did not run, and begins now with the scan that compares a tree. */
    public void agentStopped(ScanStarted scan, long since) {
        over(
                scan.observedAt(),
                scan.place(),
                "agent-stopped",
                "the agent did not run; differences from what it knew are published as reconstructed",
                since);
    }

    /** Another agent was of record for a tree until now. */
    public void takenOver(Place tree, String from, long since, long now) {
        over(
                now,
                tree,
                "agent-takeover",
                "agent '" + from
                        + "' was of record and has stopped; what changed before this agent began is not known to it",
                since);
    }

    private void tell() {
        List<GapSpan> now = new ArrayList<>(over);
        open.values().stream()
                .limit(MOST_OPEN)
                .map(g -> new GapSpan(g.place(), g.reason(), g.detail(), g.observedAt(), null))
                .forEach(now::add);
        spans = List.copyOf(now);
        count = open.size();
    }

    /** Whether any lasts. */
    public boolean anyOpen() {
        return !open.isEmpty();
    }

    /** The last that are over, and those that last, at most so many. Any thread. */
    public List<GapSpan> spans() {
        return spans;
    }

    /** How many last. Any thread. */
    public int count() {
        return count;
    }
}
