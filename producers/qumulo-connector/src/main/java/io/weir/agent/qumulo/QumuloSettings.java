package io.weir.agent.qumulo;

import java.time.Duration;

/**
 * How a source works; the defaults fit all but tests.
 *
 * @param inboxEvents events that may wait to be taken; one more, and the stream is given up, which is a gap
 * @param silence of a stream for so long means that it is dead
 * @param checkpointEvery how often a new snapshot takes the place of the last, if anything was told since
 * @param settleEvery how often files that were told of are read, when there is time
 * @param pairWithin how long the second half of a move may be in coming
 */
record QumuloSettings(
        int inboxEvents, Duration silence, Duration checkpointEvery, Duration settleEvery, Duration pairWithin) {
    static final QumuloSettings DEFAULT = new QumuloSettings(
            300_000, Duration.ofSeconds(75), Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofMillis(500));
}
