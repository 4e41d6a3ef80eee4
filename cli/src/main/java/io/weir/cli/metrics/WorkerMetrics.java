package io.weir.cli.metrics;

import java.util.List;

/** A worker's figures as metrics. One that has not been counted yet is 0. */
final class WorkerMetrics {
    private static final String KIND = "worker";
    private static final String OUTCOME = "Actions by what became of them.";

    /** All of them; those of one name one after the other. */
    static final List<FigureMetric> ALL = List.of(
            action("done"),
            action("nothing-to-do"),
            action("would-do"),
            action("refused"),
            action("failed"),
            action("expired"),
            action("not-the-same-file"),
            FigureMetric.counter(KIND, "retries", "retries", "Attempts after the first."),
            FigureMetric.counter(KIND, "dead_letters", "dead_letters", "Requests given up: dead letters."),
            FigureMetric.counter(KIND, "digests", "digests", "Mails for many requests."),
            FigureMetric.counter(
                    KIND, "purges_asked_for", "purges_asked_for", "Purges of what quarantine has held long enough."),
            FigureMetric.gauge(KIND, "in_flight", "in_flight_requests", "Requests taken and not done."),
            FigureMetric.gauge(KIND, "held", "held_requests", "Of these, held back by a stop."),
            FigureMetric.gauge(KIND, "gathered", "gathered_requests", "Requests that wait for their digest."),
            FigureMetric.gauge(KIND, "control_offset", "control_offset", "Up to where weir.control is read."));

    private WorkerMetrics() {}

    private static FigureMetric action(String outcome) {
        return FigureMetric.labelled(
                KIND, "actions_" + outcome.replace('-', '_'), "actions", "outcome=" + outcome, OUTCOME);
    }
}
