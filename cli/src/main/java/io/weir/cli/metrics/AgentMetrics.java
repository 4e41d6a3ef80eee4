package io.weir.cli.metrics;

import java.util.List;
import java.util.stream.Stream;

/** An agent's figures as metrics. Besides these there is one for each type of events. */
final class AgentMetrics {
    private static final String OUTCOME_OF_EVENT = "What became of the kernel's events.";
    private static final String OUTCOME_OF_CHANGE = "What became of the changes.";
    private static final String CAUSE = "Events by what caused them.";

    /** Of an agent of a host; those of one name one after the other. */
    static final List<FigureMetric> OF_HOST = List.of(
            counter("kernel-events-read", "kernel_events_read", "Events read from the kernel's queue."),
            counter("kernel-bytes-read", "kernel_read_bytes", "Bytes read from the kernel's queue."),
            labelled("kernel-events-told", "kernel_events", "outcome=told", OUTCOME_OF_EVENT),
            labelled("kernel-events-joined", "kernel_events", "outcome=joined", OUTCOME_OF_EVENT),
            labelled("kernel-events-listed", "kernel_events", "outcome=listed", OUTCOME_OF_EVENT),
            labelled("kernel-events-excluded", "kernel_events", "outcome=excluded", OUTCOME_OF_EVENT),
            labelled("kernel-events-not-told", "kernel_events", "outcome=not-told", OUTCOME_OF_EVENT),
            labelled("kernel-events-marks", "kernel_events", "outcome=marks", OUTCOME_OF_EVENT),
            labelled("kernel-events-of-directory", "kernel_events", "outcome=of-directory", OUTCOME_OF_EVENT),
            labelled("kernel-events-stale", "kernel_events", "outcome=stale", OUTCOME_OF_EVENT),
            labelled("kernel-events-lost", "kernel_events", "outcome=lost", OUTCOME_OF_EVENT),
            gauge("kernel-events-waiting", "kernel_waiting_events", "Events read and not yet handled."),
            counter("overflows", "overflows", "Overflows of the kernel's queue or of the agent's own."),
            counter("changes-further", "changes_further", "Changes beyond the first that one kernel event told."),
            counter("changes-read", "changes_read", "Changes that the source told."),
            labelled("changes-published", "changes", "outcome=published", OUTCOME_OF_CHANGE),
            labelled("changes-coalesced", "changes", "outcome=coalesced", OUTCOME_OF_CHANGE),
            labelled("changes-no-news", "changes", "outcome=no-news", OUTCOME_OF_CHANGE),
            labelled("changes-left-to-action", "changes", "outcome=left-to-action", OUTCOME_OF_CHANGE),
            labelled("changes-not-asked", "changes", "outcome=not-asked", OUTCOME_OF_CHANGE),
            counter("events-published", "events_published", "Events written to the spool."),
            labelled("events-foreign", "events", "cause=foreign", CAUSE),
            labelled("events-own", "events", "cause=own", CAUSE),
            counter("events-derived", "events_derived", "Events from comparisons rather than from single changes."),
            gauge("events-spooled-before", "spooled_before_events", "Events that an earlier run left in the spool."),
            counter("events-delivered", "events_delivered", "Events that Kafka has acknowledged."),
            gauge("events-waiting", "waiting_events", "Events that Kafka has not acknowledged yet."),
            gauge("spool-events", "spool_events", "Events in the spool, some delivered a moment ago among them."),
            gauge("spool-bytes", "spool_bytes", "Bytes of the events in the spool."),
            gauge("spool-bytes-limit", "spool_limit_bytes", "Bytes at which the spool is full."),
            gauge("last-sequence", "last_sequence", "Sequence number of the last event."),
            gauge("delivered-through", "delivered_sequence", "All events up to this sequence number are delivered."),
            new FigureMetric(
                    "agent",
                    "lag-millis",
                    "lag_seconds",
                    false,
                    null,
                    0.001,
                    "Age of the oldest event that is not delivered."),
            gauge("gaps-open", "open_gaps", "Places where not everything is seen at present."),
            gauge("directories-watched", "watched_directories", "Directories watched."),
            gauge("watches-limit", "watches_limit", "fs.inotify.max_user_watches."),
            gauge("kernel-queue-limit", "kernel_queue_limit_events", "fs.inotify.max_queued_events."),
            gauge("capture-bytes-waiting", "capture_waiting_bytes", "Bytes read from the kernel and not yet handled."),
            gauge("capture-bytes-limit", "capture_limit_bytes", "Bytes at which that is an overflow."));

    /** What an agent of a cluster has besides those that all agents have. */
    static final List<FigureMetric> OF_CLUSTER = List.of(
            counter("connections", "connections", "Streams of a cluster begun."),
            counter("connection-breaks", "connection_breaks", "Ends of a cluster's streams, told as gaps."),
            gauge("stream-events-waiting", "stream_waiting_events", "Events of a cluster read and not yet handled."),
            counter("comparisons", "comparisons", "Comparisons with a cluster, after breaks and at the start."),
            counter("comparison-differences", "comparison_differences", "What these showed."),
            counter("checkpoints", "checkpoints", "Snapshots that became the checkpoint."),
            gauge("unsettled", "unsettled_files", "Files of a cluster told of whose state is still to be read."));

    /** All of them. An agent serves those that it has. */
    static final List<FigureMetric> ALL =
            Stream.concat(OF_HOST.stream(), OF_CLUSTER.stream()).toList();

    private AgentMetrics() {}

    private static FigureMetric counter(String figure, String name, String help) {
        return FigureMetric.counter("agent", figure, name, help);
    }

    private static FigureMetric labelled(String figure, String name, String label, String help) {
        return FigureMetric.labelled("agent", figure, name, label, help);
    }

    private static FigureMetric gauge(String figure, String name, String help) {
        return FigureMetric.gauge("agent", figure, name, help);
    }
}
