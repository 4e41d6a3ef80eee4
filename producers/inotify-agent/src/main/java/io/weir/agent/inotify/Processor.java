package io.weir.agent.inotify;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.agent.source.ObservationSink;
import io.weir.posix.Mounts;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that does everything but reading the kernel's queue. Goes from session to session. */
final class Processor {
    private static final Logger LOG = LoggerFactory.getLogger(Processor.class);

    private final Roots roots;
    private final InotifySettings settings;
    private final Kernel.Opener kernel;
    private final Executor sinkExecutor;
    private final Thread thread = new Thread(this::run, "weir-inotify");
    private final CompletableFuture<Void> initialScan = new CompletableFuture<>();
    private final Map<WatchRoot, Long> unmountedDevices = new HashMap<>();
    private final RepairBackOff backOff = new RepairBackOff();
    private final CaptureCounts counts = new CaptureCounts();
    private final AtomicLong overflows = new AtomicLong();
    private final Object lock = new Object();
    private volatile boolean closed;
    private volatile boolean initialScanOver;
    private volatile long directories;
    private volatile @Nullable Session session;
    private volatile @Nullable String failure;
    private @Nullable HandOver handOver;

    /** @param sinkExecutor calls the sink, one batch at a time */
    Processor(Roots roots, InotifySettings settings, Kernel.Opener kernel, Executor sinkExecutor) {
        this.sinkExecutor = sinkExecutor;
        this.roots = roots;
        this.settings = settings;
        this.kernel = kernel;
        thread.setDaemon(true);
    }

    void start(ObservationSink sink) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the source is closed");
            }
            handOver = new HandOver(sink, sinkExecutor);
            thread.start();
        }
        try {
            initialScan.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        HandOver sink = sink();
        try {
            Outgoing out = new Outgoing(sink);
            begin(out, null);
            loop(out);
            initialScan.completeExceptionally(new IllegalStateException("closed before the first scan was over"));
        } catch (RuntimeException | Error | InterruptedException e) {
            failure = "capture stopped: " + e;
            if (!initialScan.completeExceptionally(e)) {
                LOG.atError().setCause(e).log("capture stopped; nothing is seen any more; restart the agent");
            }
        } finally {
            endSession();
            sink.close();
        }
    }

    private void loop(Outgoing out) throws InterruptedException {
        while (!closed) {
            try {
                Session now = Objects.requireNonNull(session);
                if (now.untilTick() <= 0) {
                    now.tick();
                }
                if (!now.step()) {
                    rest(now, out);
                } else if (out.isDue()) {
                    deliver(now, out);
                }
            } catch (LostEventsException e) {
                recover(out, e.why());
            }
        }
    }

    private void rest(Session now, Outgoing out) throws InterruptedException {
        now.idle();
        if (deliver(now, out)) {
            now.await();
        }
    }

    /** Files that are not found may have been renamed, with events queued that tell so; then those are handled first. */
    private boolean deliver(Session now, Outgoing out) {
        if (now.isCatchingUp() || (!out.readAllFiles() && now.isBehind())) {
            return false;
        }
        directories = now.tree().watchCount();
        out.deliver(now.hasSeenAll());
        counts.makeKnown();
        now.caughtUp();
        if (initialScanOver && !initialScan.isDone()) {
            sink().awaitTaken();
            initialScan.complete(null);
        }
        return true;
    }

    /** @param lost why the session before had to end; null at start */
    private void begin(Outgoing out, @Nullable String lost) {
        Session now;
        Capture capture;
        try {
            capture = Capture.open(kernel, settings.queueBytes(), counts);
            try {
                now = Session.open(capture, roots, settings, out, unmountedDevices);
            } catch (IOException e) {
                capture.close();
                throw e;
            }
        } catch (IOException e) {
            throw Session.cannotOpen(e);
        }
        synchronized (lock) {
            session = now;
            if (closed) {
                return;
            }
        }
        out.follow(capture::drain);
        if (lost == null) {
            warnOfBlindness();
        } else {
            now.tree().roots().forEach(root -> now.gaps().reopen(root, Gaps.OVERFLOW));
        }
        now.scanRoots(
                initialScanOver ? ScanReason.REPAIR : ScanReason.START,
                root -> now.gaps().close(root, Gaps.OVERFLOW),
                () -> {
                    initialScanOver = true;
                    backOff.repaired();
                });
    }

    private HandOver sink() {
        return Objects.requireNonNull(handOver);
    }

    private void warnOfBlindness() {
        try {
            roots.warnOfBlindness(Mounts.ofThisProcess());
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("mounts cannot be read; whether all changes are seen is not known");
        }
    }

    private void recover(Outgoing out, String why) throws InterruptedException {
        overflows.incrementAndGet();
        Session lost = Objects.requireNonNull(session);
        lost.tree().roots().forEach(root -> lost.gaps()
                .open(root, Gaps.OVERFLOW, "events were lost: " + why + "; the tree is compared with what was known"));
        out.followNothing();
        endSession();
        lost.gaps().closeAllBut(Gaps.OVERFLOW);
        out.readAllFiles();
        out.deliver(true);
        long pause = backOff.pauseMillis();
        synchronized (lock) {
            long deadline = System.nanoTime() + pause * 1_000_000;
            for (long left = pause; left > 0 && !closed; left = (deadline - System.nanoTime()) / 1_000_000) {
                lock.wait(left);
            }
        }
        if (!closed) {
            begin(out, why);
        }
    }

    private void endSession() {
        Session now;
        synchronized (lock) {
            now = session;
            session = null;
        }
        if (now != null) {
            now.close();
            counts.sessionEnded();
        }
    }

    Map<String, Long> figures() {
        Session now = session;
        Map<String, Long> figures = new HashMap<>();
        counts.tell(figures);
        figures.put("directories-watched", directories);
        figures.put(
                "capture-bytes-waiting",
                now == null ? 0L : now.capture().queue().waitingBytes());
        figures.put("capture-bytes-limit", settings.queueBytes());
        figures.put("overflows", overflows.get());
        figures.put("watches-limit", Limits.maxUserWatches());
        figures.put("kernel-queue-limit", Limits.maxQueuedEvents());
        return figures;
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void close() {
        boolean started;
        synchronized (lock) {
            closed = true;
            started = handOver != null;
            if (session != null) {
                session.capture().queue().wake();
            }
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (started && thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
