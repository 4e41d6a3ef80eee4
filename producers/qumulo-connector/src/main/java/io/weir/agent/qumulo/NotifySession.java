package io.weir.agent.qumulo;

import io.weir.agent.qumulo.notify.NotifyEvent;
import io.weir.agent.qumulo.notify.NotifyStream;
import io.weir.agent.qumulo.notify.StreamEnd;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream, read by a thread of its own into an inbox. */
final class NotifySession implements Closeable {
    private final NotifyStream stream;
    private final Inbox inbox;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable StreamEnd end;

    /** Begins to read. */
    NotifySession(NotifyStream stream, Inbox inbox) {
        this.stream = stream;
        this.inbox = inbox;
        this.thread = new Thread(this::read, "weir-qumulo-stream");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        StreamEnd ended = stream.run(new NotifyStream.Taker() {
            @Override
            public void watching() {
                begun.countDown();
            }

            @Override
            public boolean take(List<NotifyEvent> events) {
                begun.countDown(); // Perhaps a cluster says nothing before.
                return inbox.offer(new Inbox.Events(events, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
            }
        });
        end = ended;
        inbox.ended(ended);
        begun.countDown();
    }

    /** Waits until all that happens is told; the end if there is one before, or if that takes too long. */
    Optional<StreamEnd> awaitWatching(Duration limit) throws InterruptedException {
        if (!begun.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.of(new StreamEnd(
                    StreamEnd.Reason.SILENT, "the cluster accepted the watch and said nothing for " + limit));
        }
        return Optional.ofNullable(end);
    }

    @Override
    public void close() {
        stream.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
