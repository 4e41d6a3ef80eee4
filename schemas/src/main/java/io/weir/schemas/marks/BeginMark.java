package io.weir.schemas.marks;

import io.weir.schemas.topic.Causation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param journal the same effects with what is needed to reverse them, behind those of earlier attempts that are in place;
 *     for the worker's own use, which must be able to tell after a crash
 */
public record BeginMark(
        String actionId,
        int attempt,
        String volume,
        String correlationId,
        int depth,
        String worker,
        String lock,
        List<Effect> effects,
        @Nullable List<Journalled> journal) {
    public BeginMark {
        effects = List.copyOf(effects);
        journal = journal == null ? null : List.copyOf(journal);
    }

    /** A mark of effects that cannot be reversed. */
    public BeginMark(
            String actionId,
            int attempt,
            String volume,
            String correlationId,
            int depth,
            String worker,
            String lock,
            List<Effect> effects) {
        this(actionId, attempt, volume, correlationId, depth, worker, lock, effects, null);
    }

    /** The effects with what is needed to reverse them, as far as it is known. */
    public List<Journalled> journalled() {
        return journal != null
                ? journal
                : effects.stream()
                        .map(effect -> new Journalled(effect, Map.of()))
                        .toList();
    }

    /** The headers of the events that the action causes. */
    public Causation causation() {
        return new Causation(actionId, correlationId, depth);
    }
}
