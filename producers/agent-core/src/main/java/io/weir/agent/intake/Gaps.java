package io.weir.agent.intake;

import io.weir.agent.source.Observation.GapClosed;
import io.weir.agent.source.Observation.GapOpened;
import io.weir.agent.source.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What cannot be seen at present. */
final class Gaps {
    private record Key(Place place, String reason) {}

    private final Outbox outbox;
    private final Map<Key, GapOpened> open = Collections.synchronizedMap(new LinkedHashMap<>());

    Gaps(Outbox outbox) {
        this.outbox = outbox;
    }

    void opened(GapOpened gap) {
        if (open.putIfAbsent(new Key(gap.place(), gap.reason()), gap) == null) {
            outbox.publish(Draft.gap(
                    gap.observedAt(),
                    gap.place(),
                    new Draft.Blind(gap.reason(), gap.detail(), gap.observedAt(), null)));
        }
    }

    void closed(GapClosed gap) {
        GapOpened opened = open.remove(new Key(gap.place(), gap.reason()));
        if (opened != null) {
            over(gap.observedAt(), gap.place(), gap.reason(), opened.detail(), opened.observedAt());
        }
    }

    /** A gap that is over by the time that it is known. */
    void over(long observedAt, Place place, String reason, String detail, long since) {
        outbox.publish(Draft.gap(observedAt, place, new Draft.Blind(reason, detail, since, observedAt)));
    }

    boolean anyOpen() {
        return !open.isEmpty();
    }

    /** For people. Any thread. */
    List<String> texts() {
        synchronized (open) {
            return open.values().stream()
                    .map(g -> g.place().volume() + ":" + g.place().path() + ": " + g.reason() + ": " + g.detail())
                    .toList();
        }
    }
}
