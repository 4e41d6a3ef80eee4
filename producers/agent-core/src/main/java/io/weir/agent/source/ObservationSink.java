package io.weir.agent.source;

import java.util.List;

/** Takes what a source observes. Called by one thread of the source at a time. */
public interface ObservationSink {
    /** Takes a batch; when it returns, what follows from it is in the spool. Bounded only by the disk's speed. */
    void accept(List<Observation> batch);
}
