package io.weir.agent.qumulo.notify;

import java.util.List;

/** What a line of the stream says. */
public sealed interface NotifyLine {
    /** Events, in the order in which they happened. */
    record Events(List<NotifyEvent> events) implements NotifyLine {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** The watch is set: all that happens from here on is told. */
    record Watching() implements NotifyLine {}

    /** Nothing but that the stream lives. */
    record Nothing() implements NotifyLine {}

    /**
     * Events were lost, or may have been: the cluster says so, or the line is none that can be understood.
     *
     * @param why for people
     */
    record Lost(String why) implements NotifyLine {}
}
