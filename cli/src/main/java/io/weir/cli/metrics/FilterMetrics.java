package io.weir.cli.metrics;

import java.util.List;

/** A filter's figures as metrics. */
final class FilterMetrics {
    private static final String KIND = "filter";
    private static final String OUTCOME_OF_RECORD = "What the records were.";
    private static final String OUTCOME_OF_DECISION = "Decisions by outcome.";

    /** All of them; those of one name one after the other. */
    static final List<FigureMetric> ALL = List.of(
            FigureMetric.counter(KIND, "read", "records_read", "Records of events read."),
            record("ticks", "tick"),
            record("resets", "reset"),
            record("resent", "resent"),
            record("halves", "half"),
            record("undecodable", "undecodable"),
            record("judged", "judged"),
            decision("matched"),
            decision("suppressed"),
            decision("shadowed"),
            decision("tripped"),
            FigureMetric.counter(KIND, "failed", "failed_events", "Events that could not be judged: dead letters."),
            FigureMetric.counter(KIND, "contributions", "contributions", "Contributions to rules that count."),
            FigureMetric.counter(KIND, "requests", "requests", "Requests written to workers."),
            FigureMetric.counter(
                    KIND, "dead-requests", "dead_requests", "Requests that no worker could get: dead letters."),
            FigureMetric.gauge(KIND, "rules", "rules", "Rules in force."),
            FigureMetric.gauge(KIND, "rules-offset", "rules_offset", "Offset of weir.rules that they are of."));

    private FilterMetrics() {}

    private static FigureMetric record(String figure, String outcome) {
        return FigureMetric.labelled(KIND, figure, "records", "outcome=" + outcome, OUTCOME_OF_RECORD);
    }

    private static FigureMetric decision(String outcome) {
        return FigureMetric.labelled(KIND, outcome, "decisions", "outcome=" + outcome, OUTCOME_OF_DECISION);
    }
}
