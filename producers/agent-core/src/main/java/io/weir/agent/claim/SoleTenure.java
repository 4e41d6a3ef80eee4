package io.weir.agent.claim;

import io.weir.schemas.ComponentStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Of an agent that nobody can rival, since what it tells is for its own process. It only tells how it is. */
public final class SoleTenure implements Tenure {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Reports reports;
    private final Supplier<ComponentStatus> status;
    private final Standing standing;
    private long next = System.nanoTime();

    public SoleTenure(Reports reports, Supplier<ComponentStatus> status, Standing standing) {
        this.reports = reports;
        this.status = status;
        this.standing = standing;
    }

    @Override
    public boolean begin(BooleanSupplier stopping) {
        standing.holds();
        return true;
    }

    @Override
    public long tend(BooleanSupplier stopping) throws InterruptedException {
        long now = System.nanoTime();
        if (now - next >= 0) {
            end();
            next = now + INTERVAL_NANOS;
        }
        return next - now;
    }

    @Override
    public void end() throws InterruptedException {
        CompletableFuture<LogPosition> unused = reports.report(status.get());
    }
}
