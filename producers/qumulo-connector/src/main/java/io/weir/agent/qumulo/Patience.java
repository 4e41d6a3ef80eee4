package io.weir.agent.qumulo;

import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Waits for a cluster that cannot be reached, or does not let us in, until it is closed: an agent that gave up for a token
 * that has expired would lose what happens until somebody comes. Safe for all threads.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 10_000;
    private static final Set<Reason> MENDED_IN_TIME =
            EnumSet.of(Reason.UNAVAILABLE, Reason.NOT_LOGGED_IN, Reason.PRIVILEGE_MISSING);

    /** Attempts after which it is worth a word: some three seconds. */
    private static final int LONG = 4;

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String waitingFor;

    interface Call<T> {
        T call() throws QumuloException;
    }

    /**
     * The answer of a call that may be repeated.
     *
     * @throws UncheckedIOException if the cluster refuses it, or this is closed
     */
    <T> T untilAnswered(Call<T> call) {
        for (int attempt = 0; ; attempt++) {
            try {
                T answer = call.call();
                if (attempt > 0) {
                    waitingFor = null;
                }
                return answer;
            } catch (QumuloException e) {
                waitingFor = e.getMessage();
                if (!MENDED_IN_TIME.contains(e.reason()) || !sleep(attempt)) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
                LOG.atLevel(attempt < LONG ? Level.DEBUG : Level.WARN)
                        .addKeyValue("cause", e.getMessage())
                        .log("The cluster does not do what the agent needs to go on; tried again");
            }
        }
    }

    /**
     * The answer of a call that may be repeated, if it comes in time.
     *
     * @param nanos until when it is repeated, as of {@link System#nanoTime}; a call that lasts longer is not cut off
     * @throws QumuloException if the cluster refuses it, does not answer in time, or this is closed
     */
    <T> T answeredInTime(Call<T> call, long nanos) throws QumuloException {
        for (int attempt = 0; ; attempt++) {
            try {
                return call.call();
            } catch (QumuloException e) {
                if (!MENDED_IN_TIME.contains(e.reason()) || nanos - System.nanoTime() <= 0 || !sleep(attempt)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Waits longer with each attempt, up to ten seconds, half of it by chance.
     *
     * @return false if this is closed
     */
    boolean sleep(int attempt) {
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(attempt, 10));
        long millis = most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
        try {
            return !closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What has failed last, while that is waited for. */
    Optional<String> waitingFor() {
        return Optional.ofNullable(waitingFor);
    }

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    void close() {
        closing.countDown();
    }
}
