package io.weir.agent;

import io.weir.schemas.FileEvent;
import io.weir.schemas.serde.WeirRecords;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import java.util.Optional;

/**
 * An event as it lies in the spool.
 *
 * @param event with its id
 * @param causation the action of ours that caused it; empty for a foreign event
 */
public record SpooledEvent(FileEvent event, Optional<Causation> causation) {
    static {
        WeirRecords.trust(); // The source half is a copy.
    }

    public long sequence() {
        return event.getSequence();
    }

    /** The record key, {@code volume:/parent/directory}. */
    public String key() {
        return Keys.fileEvent(event.getVolume(), event.getPath());
    }

    /** What a move across directories leaves under its old directory: the event with {@code half=source}. */
    public Optional<FileEvent> sourceHalf() {
        return sourceKey()
                .map(key -> new FileEvent(
                        event.getType(),
                        event.getVolume(),
                        event.getPath(),
                        event.getPreviousPath(),
                        "source",
                        event.getAgent(),
                        event.getEpoch(),
                        event.getSequence(),
                        event.getObservedAt(),
                        event.getOrigin(),
                        event.getHost(),
                        event.getRawPath(),
                        event.getRawPreviousPath(),
                        event.getState(),
                        event.getActor(),
                        event.getGap(),
                        event.getFileId()));
    }

    /** The record key of {@link #sourceHalf}; empty if there is none. */
    public Optional<String> sourceKey() {
        String previous = event.getPreviousPath();
        if (previous == null) {
            return Optional.empty();
        }
        String key = Keys.fileEvent(event.getVolume(), previous);
        return key.equals(key()) ? Optional.empty() : Optional.of(key);
    }
}
