package io.weir.filter.replay.backtest;

import io.weir.filter.Output;
import io.weir.schemas.FileEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One of the two rule sets that are compared, on one partition. For one thread. */
final class Side {
    private final boolean tried;
    private final Hits hits;
    private final Changes changes;

    Side(boolean tried, Hits hits, Changes changes) {
        this.tried = tried;
        this.hits = hits;
        this.changes = changes;
    }

    /** Takes what a record led to. */
    void take(Instant time, List<Output> outputs) {
        int requests = 0;
        Optional<FileEvent> event = Optional.empty();
        for (Output output : outputs) {
            if (output instanceof Output.Request request) {
                requests++;
                event = Optional.of(request.request().getEvent());
            } else if (output instanceof Output.DeadRequest request) {
                requests++;
                event = Optional.of(request.request().getEvent());
            } else if (output instanceof Output.Alerted) {
                hits.tripped();
            } else if (output instanceof Output.Concluded concluded) {
                hits.add(time, concluded.decision(), event, requests);
                changes.hit(tried, time, concluded.decision());
                requests = 0;
            }
        }
    }
}
