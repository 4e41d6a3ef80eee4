package io.weir.agent.qumulo;

import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** To whom it is told what was observed. For the source's one thread. */
final class Telling {
    private @Nullable ObservationSink sink;

    void connect(ObservationSink to) {
        sink = to;
    }

    private ObservationSink sink() {
        return Objects.requireNonNull(sink, "not connected");
    }

    void tell(Observation observation) {
        tell(List.of(observation));
    }

    void tell(List<Observation> observations) {
        if (!observations.isEmpty()) {
            sink().accept(observations);
        }
    }

    /** The last checkpoint; empty if there is none. */
    Optional<String> checkpoint() {
        return sink().checkpoint();
    }

    /** Microseconds since 1970. */
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
