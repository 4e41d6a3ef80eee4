package io.weir.cli.trace;

import java.util.List;

/**
 * The events that made a rule which counts take effect.
 *
 * @param count of different values, as the rule counts them
 * @param events ids of the last of them, the one that was concluded with at the end
 */
record Counted(int count, List<String> events) {
    Counted {
        events = List.copyOf(events);
    }
}
