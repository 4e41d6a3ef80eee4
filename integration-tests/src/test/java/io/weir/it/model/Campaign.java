package io.weir.it.model;

import io.weir.worker.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongPredicate;

/** Schedules one after another, with the same ledgers: each has a volume and action ids of its own. */
final class Campaign implements AutoCloseable {
    private static final int WORKERS = 2;

    private final Mutations mutations;
    private final List<Ledger> ledgers = new ArrayList<>();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private long actions;

    Campaign(Path directory, Mutations mutations) {
        this.mutations = mutations;
        try {
            for (int i = 0; i < WORKERS; i++) {
                ledgers.add(Ledger.open(directory.resolve("worker-" + i).resolve("ledger.db")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not hold in the schedule of a seed; empty if all does. */
    Optional<String> violation(long seed, boolean traced) {
        try {
            actions += new Schedule(seed, mutations, ledgers, pool, traced).run();
            return Optional.empty();
        } catch (Violation e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** All that does not hold in schedules from a seed on, as long as asked. */
    List<String> violations(long first, LongPredicate goOn) {
        List<String> violations = new ArrayList<>();
        for (long seed = first; goOn.test(seed); seed++) {
            violation(seed, false).ifPresent(violations::add);
        }
        return violations;
    }

    /** How many actions were asked for. */
    long actions() {
        return actions;
    }

    @Override
    public void close() {
        pool.shutdown();
        ledgers.forEach(Ledger::close);
    }
}
