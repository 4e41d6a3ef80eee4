package io.weir.agent.source;

/**
 * How a stream names the file that an event is about.
 *
 * @param fileId kept by renames; empty if it was not told
 * @param directoryId file id of the directory that holds it; empty if it was not told
 */
public record FileIdentity(String fileId, String directoryId, boolean directory) {
    /** Whether its place can be told by ids alone. */
    public boolean isComplete() {
        return !fileId.isEmpty() && !directoryId.isEmpty();
    }
}
