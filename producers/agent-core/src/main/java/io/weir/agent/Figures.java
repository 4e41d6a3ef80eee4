package io.weir.agent;

import io.weir.agent.intake.Outcome;
import io.weir.agent.source.EventSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts since the start, and gauges, by the names that docs/operations.md lists. All threads; takes no lock. */
final class Figures {
    private final AgentConfig config;
    private final EventSource source;
    private final AgentParts parts;
    private final Journal journal;
    private final Acknowledged acknowledged;
    private final WaitingEvents waiting;
    private final LongSupplier micros;
    private final long deliveredBefore;
    private final long spooledBefore;

    Figures(
            AgentConfig config,
            EventSource source,
            AgentParts parts,
            Journal journal,
            Acknowledged acknowledged,
            WaitingEvents waiting,
            LongSupplier micros) {
        this.config = config;
        this.source = source;
        this.parts = parts;
        this.journal = journal;
        this.acknowledged = acknowledged;
        this.waiting = waiting;
        this.micros = micros;
        deliveredBefore = acknowledged.through();
        spooledBefore = journal.tally().spoolEvents();
    }

    Map<String, Long> now() {
        // What is delivered is asked first: so it is never more than what was published.
        long delivered = acknowledged.count();
        long through = acknowledged.through();
        Tally tally = journal.tally();
        Map<String, Long> figures = new HashMap<>(source.figures());
        changes(figures, tally);
        figures.put("events-spooled-before", spooledBefore);
        figures.put("events-delivered", delivered);
        figures.put("events-waiting", tally.lastSequence() - deliveredBefore - delivered);
        figures.put("spool-events", tally.spoolEvents());
        figures.put("spool-bytes", tally.spoolBytes());
        figures.put("spool-bytes-limit", config.spoolBytes());
        figures.put("last-sequence", tally.lastSequence());
        figures.put("delivered-through", through);
        figures.put("lag-millis", lagMillis(through));
        figures.put("gaps-open", (long) parts.intake().openGaps());
        return figures;
    }

    private static void changes(Map<String, Long> figures, Tally tally) {
        figures.put("changes-read", tally.changes());
        for (Map.Entry<Outcome, Long> outcome : tally.outcomes().entrySet()) {
            figures.put(outcome.getKey().figure(), outcome.getValue());
        }
        long events = tally.foreign() + tally.own();
        figures.put("events-published", events);
        figures.put("events-foreign", tally.foreign());
        figures.put("events-own", tally.own());
        tally.types().forEach((type, count) -> figures.put(AgentStatus.EVENTS_OF_TYPE + type, count));
        figures.put("events-derived", events - tally.outcomes().getOrDefault(Outcome.PUBLISHED, 0L));
    }

    private long lagMillis(long through) {
        var oldest = waiting.oldest(through);
        return oldest.isEmpty()
                ? 0
                : Math.max(0, TimeUnit.MICROSECONDS.toMillis(micros.getAsLong() - oldest.getAsLong()));
    }
}
