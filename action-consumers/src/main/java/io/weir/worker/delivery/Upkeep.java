package io.weir.worker.delivery;

import io.weir.worker.ledger.Ledger;
import io.weir.worker.ledger.LedgerException;
import io.weir.worker.run.ActionRunner;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Every few seconds: owed end marks, and now and then the pruning of the ledger. On a thread of its own: a disk or cluster that
 * does not answer must not hold up the worker's status, by which others know that it lives.
 */
public final class Upkeep implements Closeable {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int PRUNE_EVERY = 720;

    private final ActionRunner runner;
    private final Ledger ledger;
    private final WorkerHealth health;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private int rounds;

    public Upkeep(ActionRunner runner, Ledger ledger, WorkerHealth health, Clock clock) {
        this.runner = runner;
        this.ledger = ledger;
        this.health = health;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "weir-worker-upkeep");
            thread.setDaemon(true);
            return thread;
        });
    }

    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::round, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        String owed = runner.settle();
        if (owed != null) {
            health.hindered(owed);
        }
        try {
            if (rounds++ % PRUNE_EVERY == 0) {
                ledger.prune(clock.instant());
            }
        } catch (LedgerException e) {
            health.hindered(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
