package io.weir.agent.source;

import java.util.List;
import java.util.Optional;

/** Takes what a source observes. Called by one thread of the source at a time. */
public interface ObservationSink {
    /** Takes a batch; when it returns, what follows from it is in the spool. Bounded only by the disk's speed. */
    void accept(List<Observation> batch);

    /** The last {@link Observation.Checkpoint} taken, perhaps by a process before this one; empty if there is none. */
    default Optional<String> checkpoint() {
        return Optional.empty();
    }
}
