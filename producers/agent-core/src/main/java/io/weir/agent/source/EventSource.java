package io.weir.agent.source;

import java.io.Closeable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source of file events. Life cycle: {@link #start} once, {@link #close} any number of times; close returns when no
 * thread of the source calls the sink any more.
 */
public interface EventSource extends Closeable {
    /** Volumes that it covers. */
    List<String> volumes();

    /** What it watches of them. */
    List<Subtree> subtrees();

    /**
     * Begins to watch, scans ({@link Observation.ScanReason#START}), and tells the sink everything from then on. Returns
     * when the initial scan is over, so that nothing that happens after it is missed.
     */
    void start(ObservationSink sink);

    /** Reads a file now, not following a link; empty if there is none. Any thread. */
    Optional<FileStat> stat(Place place);

    /**
     * Whether its stream leaves nothing out while it lasts, so that nothing has to be scanned: it then tells
     * {@link Observation.StreamEvent}, and after a break what a comparison of its own has shown.
     */
    default boolean tellsAll() {
        return false;
    }

    /** Reads a file now by its id, wherever it is; empty if there is none. Any thread. */
    default Optional<Located> find(String fileId) {
        return Optional.empty();
    }

    /** Whether a file was there in the state of the tree that was compared last; of no meaning where none was. */
    default boolean wasCompared(String fileId) {
        return true;
    }

    /** Where the marks of a volume are, if not on the agent's host. */
    default Optional<MarksDirectory> marksDirectory(String volume) {
        return Optional.empty();
    }

    /** Names of users and groups, if not those of the agent's host. */
    default Optional<AccountNames> accounts() {
        return Optional.empty();
    }

    /** What it does not tell of what it watches: {@code volume:} and a glob on its paths. */
    default List<String> excludes() {
        return List.of();
    }

    /** Counts and gauges of its own, by the names that {@code docs/operations.md} lists. Any thread; takes no lock. */
    default Map<String, Long> figures() {
        return Map.of();
    }

    /** Why it has stopped by itself; empty while all is well. Any thread. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    void close();
}
