package io.weir.agent.claim;

import io.weir.schemas.ComponentStatus;
import java.util.concurrent.CompletableFuture;

/** Where statuses go. */
@FunctionalInterface
public interface Reports {
    /** Takes a status; completes when it is there, or exceptionally if it is dropped. */
    CompletableFuture<LogPosition> report(ComponentStatus status) throws InterruptedException;
}
