package io.weir.agent.qumulo;

import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a cluster that cannot be reached, until it is closed. Safe for all threads. */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 10_000;

    private final CountDownLatch closing = new CountDownLatch(1);

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
                return call.call();
            } catch (QumuloException e) {
                if (e.reason() != Reason.UNAVAILABLE || !sleep(attempt)) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
                LOG.atDebug().addKeyValue("cause", e.getMessage()).log("The cluster cannot be reached; tried again");
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

    boolean isClosing() {
        return closing.getCount() == 0;
    }

    void close() {
        closing.countDown();
    }
}
