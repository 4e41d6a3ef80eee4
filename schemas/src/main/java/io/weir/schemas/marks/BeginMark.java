package io.weir.schemas.marks;

import io.weir.schemas.topic.Causation;
import java.util.List;

/**
 * What a worker declares before it touches a file.
 *
 * @param actionId becomes the causation id of the events that the action causes
 * @param attempt from 1
 * @param volume the volume whose paths the effects name
 * @param correlationId id of the first, external event
 * @param depth depth of the events that the action causes, 1 or more
 * @param worker worker id
 * @param lock absolute host path of a file that the worker process holds an exclusive lock on while it lives (fcntl
 *     record lock, as {@code FileChannel.lock}); when nobody holds the lock, the attempt is dead. A file of its own for
 *     each start of the process: under a name used again, the next process would make a dead attempt look alive
 * @param effects what is going to happen, in order
 */
public record BeginMark(
        String actionId,
        int attempt,
        String volume,
        String correlationId,
        int depth,
        String worker,
        String lock,
        List<Effect> effects) {
    public BeginMark {
        effects = List.copyOf(effects);
    }

    /** The headers of the events that the action causes. */
    public Causation causation() {
        return new Causation(actionId, correlationId, depth);
    }
}
