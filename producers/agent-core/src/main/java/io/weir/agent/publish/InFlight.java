package io.weir.agent.publish;

import io.weir.agent.EventOutlet.Acknowledgement;
import io.weir.agent.SpooledEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/** Events on their way: which are not acknowledged, and whether the producer that has them is broken. All threads. */
final class InFlight {
    private static final int MOST = 20_000;
    private static final int PATIENCE_SECONDS = 10;

    private static final class Sent {
        private final SpooledEvent event;
        private final Acknowledgement acknowledgement;
        private final long since = System.nanoTime();
        private int records = Integer.MAX_VALUE;

        Sent(SpooledEvent event, Acknowledgement acknowledgement) {
            this.event = event;
            this.acknowledgement = acknowledgement;
        }
    }

    private final TreeMap<Long, Sent> sent = new TreeMap<>();
    private @Nullable Throwable failure;
    /** Tells call-backs of a producer that is given up from those of the next. */
    private int generation;

    private @Nullable String trouble;

    /** Adds an event, once there is room or the producer is broken. */
    synchronized void add(SpooledEvent event, Acknowledgement acknowledgement, BooleanSupplier broken)
            throws InterruptedException {
        while (sent.size() >= MOST && !broken.getAsBoolean()) {
            wait();
        }
        sent.put(event.sequence(), new Sent(event, acknowledgement));
    }

    /** So many records of an event are about to be sent; each is to be acknowledged. */
    synchronized void expect(long sequence, int records) {
        Sent of = sent.get(sequence);
        if (of != null) {
            of.records = records;
        }
    }

    /** @param stop stops the producer before it sends anything more */
    synchronized Callback callback(long sequence, Runnable stop) {
        int mine = generation;
        return (metadata, e) -> {
            if (e == null) {
                acknowledged(mine, sequence);
            } else if (failed(mine, e)) {
                stop.run();
            }
        };
    }

    private void acknowledged(int of, long sequence) {
        Acknowledgement safe = null;
        synchronized (this) {
            Sent event = sent.get(sequence);
            if (of == generation && event != null && --event.records == 0) {
                sent.remove(sequence);
                trouble = null;
                safe = event.acknowledgement;
                notifyAll();
            }
        }
        if (safe != null) {
            safe.safe(sequence);
        }
    }

    /** Returns whether this is the first failure of the producer. */
    private synchronized boolean failed(int of, Throwable e) {
        if (of != generation || failure != null) {
            return false;
        }
        failure = e;
        notifyAll();
        return true;
    }

    synchronized void fail(Throwable e) {
        failure = failure == null ? e : failure;
    }

    synchronized boolean isBroken() {
        return failure != null;
    }

    /** Notes why nothing gets out, until something does. Returns whether that is new. */
    synchronized boolean trouble(String text) {
        boolean isNew = trouble == null;
        trouble = text;
        return isNew;
    }

    /** Why nothing gets out; empty if all is well. */
    synchronized Optional<String> trouble() {
        if (trouble != null || sent.isEmpty()) {
            return Optional.ofNullable(trouble);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(
                System.nanoTime() - sent.firstEntry().getValue().since);
        return seconds < PATIENCE_SECONDS
                ? Optional.empty()
                : Optional.of("no broker has acknowledged the oldest event for " + seconds + " s");
    }

    synchronized String cause() {
        return failure == null ? "unknown" : failure.toString();
    }

    /** A new producer begins: acknowledgements of the old one no longer count. */
    synchronized void mend() {
        failure = null;
        generation++;
    }

    synchronized List<SpooledEvent> unacknowledged() {
        List<SpooledEvent> events = new ArrayList<>();
        sent.values().forEach(s -> events.add(s.event));
        return events;
    }
}
