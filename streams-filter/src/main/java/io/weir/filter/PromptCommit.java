package io.weir.filter;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells when to commit ahead of the commit interval: after something that somebody waits for, if nothing of the kind came in
 * the interval before it, and no commit ended in it. So a single match is acted on at once, and where matches come close
 * together, or while a commit is under way, they share the commits of the interval: one for each would more than halve the
 * throughput on one broker, and where three copies are written and a commit takes longer than the interval, each event would
 * wait for a commit of its own. Thread-safe; one for all partitions.
 */
final class PromptCommit {
    private final long quiet;
    private final LongSupplier nanoTime;
    private final AtomicLong last;

    /**
     * @param interval the commit interval
     * @param nanoTime the clock, such as {@link System#nanoTime}
     */
    PromptCommit(Duration interval, LongSupplier nanoTime) {
        this.quiet = interval.toNanos();
        this.nanoTime = nanoTime;
        this.last = new AtomicLong(nanoTime.getAsLong() - quiet);
    }

    /** A commit has ended. */
    void ended() {
        last.set(nanoTime.getAsLong());
    }

    /** Forwards what came of a record, and asks for a commit if it is due. */
    void forward(List<Output> outputs, long timestamp, ProcessorContext<byte[], Output> context) {
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            context.forward(new Record<>(output.key(), output, timestamp, output.headers()));
        }
        if (isDue(outputs)) {
            context.commit();
        }
    }

    /** Whether to commit now, after these outputs. */
    boolean isDue(List<Output> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            if (output instanceof Output.Request || output instanceof Output.Contributed) {
                long now = nanoTime.getAsLong();
                return now - last.getAndSet(now) >= quiet;
            }
        }
        return false;
    }
}
