package io.weir.schemas.marks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says when an attempt is over, done or given up; or what the agent says in the place of one that died.
 *
 * @param actionId as in the begin mark
 * @param attempt as in the begin mark
 * @param volume as in the begin mark
 * @param worker id of the worker that says so; null if the agent closed the attempt of a process that died, so that its
 *     outcome is not known
 * @param done those declared effects that hold now because the attempt carried them out or found them done already; of the
 *     others the agent does not expect that the file shows them
 */
public record EndMark(String actionId, int attempt, String volume, @Nullable String worker, List<Effect> done) {
    public EndMark {
        done = List.copyOf(done);
    }
}
