package io.weir.cli.control;

import io.weir.cli.lines.PrintableText;
import io.weir.schemas.connect.KafkaConnection;
import java.util.List;

/** What is stopped, for people. */
public final class Stops {
    private Stops() {}

    /** A line for each stop that holds. */
    public static List<String> inForce(KafkaConnection connection) {
        return ControlLog.stops(connection).values().stream()
                .map(stop -> PrintableText.of(
                        stop.getScope() + ", by " + stop.getBy() + " at " + stop.getAt() + ": " + stop.getReason()))
                .toList();
    }
}
