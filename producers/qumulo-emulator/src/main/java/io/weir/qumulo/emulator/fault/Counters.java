package io.weir.qumulo.emulator.fault;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much has been asked and told. Safe for all threads. */
public final class Counters {
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong streams = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private volatile @Nullable ScriptRun script;

    void attach(@Nullable ScriptRun run) {
        script = run;
    }

    /** Events sent by all streams. */
    public long events() {
        return events.get();
    }

    /** Streams that have begun, also those that have ended. */
    public long streams() {
        return streams.get();
    }

    public long requests() {
        return requests.get();
    }

    /** Whether a fault falls due when these are sent; {@link #sent} is then to be called after that. */
    public boolean sending(int count) {
        long total = events.addAndGet(count);
        ScriptRun run = script;
        return run != null && run.isDue(Trigger.Kind.EVENTS, total);
    }

    /** Lets the faults that fell due with events happen. */
    public void sent() {
        tell(Trigger.Kind.EVENTS, events.get());
    }

    public void streamOpened() {
        tell(Trigger.Kind.STREAMS, streams.incrementAndGet());
    }

    public void requestSeen() {
        tell(Trigger.Kind.REQUESTS, requests.incrementAndGet());
    }

    private void tell(Trigger.Kind kind, long total) {
        ScriptRun run = script;
        if (run != null) {
            run.reached(kind, total);
        }
    }
}
