package io.weir.schemas.marks;

import java.util.List;

/**
 * What a worker says when an attempt is over, done or given up.
 *
 * @param actionId as in the begin mark
 * @param attempt as in the begin mark
 * @param volume as in the begin mark
 * @param done those declared effects that hold now because the attempt carried them out or found them done already; of the
 *     others the agent does not expect that the file shows them
 */
public record EndMark(String actionId, int attempt, String volume, List<Effect> done) {
    public EndMark {
        done = List.copyOf(done);
    }
}
