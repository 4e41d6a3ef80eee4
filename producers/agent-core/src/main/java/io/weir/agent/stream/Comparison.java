package io.weir.agent.stream;

import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import java.util.Optional;

/** How what was missed is found, and what has to be known of files for that. For one thread. */
sealed interface Comparison permits Differences, WalkedTree {
    /**
     * A comparison begins.
     *
     * @param first whether there is nothing to compare with, so that what is there is no news
     */
    void started(boolean first);

    /** What it shows of a file. */
    void take(Difference difference);

    /**
     * What the stream tells of a time that the comparison may have shown.
     *
     * @return the event as it is to be told; empty if all there is to tell has been told
     */
    Optional<StreamEvent> take(StreamEvent event);

    /** All that it shows has been taken. */
    void finished(String volume, long observedAt);

    /** A directory was told to have moved. */
    void renamed(Place from, Place to);

    /** A file was told to be gone, and all below it if it is a directory. */
    void gone(StreamEvent event);
}
