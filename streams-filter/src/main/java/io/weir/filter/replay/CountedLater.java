package io.weir.filter.replay;

import io.weir.filter.Output;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.apache.avro.Schema;

/**
 * Counts what events of several partitions contribute to rules, in the order of log time, whichever partition is read first.
 * Safe for all threads.
 */
public final class CountedLater {
    private static final int MOST_WAITING = 20_000;

    private final InForce inForce;
    private final TimeOrder<Replay.Step> order;

    /**
     * @param sources how many partitions the events come from
     * @param partitions how many the contributions would be in
     * @param handler told what comes of it, and the log time of the event that brought it about; by one thread at a time
     */
    public CountedLater(
            InForce inForce,
            int sources,
            int partitions,
            IntFunction<Schema> schemas,
            BiConsumer<Instant, List<Output>> handler) {
        this.inForce = inForce;
        DerivedCounts counts = new DerivedCounts(RuleTimeline.fixed(inForce), partitions, schemas);
        this.order = new TimeOrder<>(sources, MOST_WAITING, step -> {
            List<Output> outputs = counts.count(step).outputs();
            int given = step.replayed().outputs().size();
            if (outputs.size() > given) {
                handler.accept(step.replayed().time(), outputs.subList(given, outputs.size()));
            }
        });
    }

    /** The rules that count. */
    public InForce inForce() {
        return inForce;
    }

    /** Takes the contributions among what a record led to. */
    public void add(int source, long millis, List<Output> outputs) {
        for (Output output : outputs) {
            if (output instanceof Output.Contributed) {
                Replayed replayed = new Replayed(Instant.ofEpochMilli(millis), "", source, 0, List.of(output));
                order.add(source, millis, new Replay.Step(replayed, true));
            }
        }
    }

    /** As {@link Judgements#reached}. */
    public void reached(int source, long millis, boolean ended) {
        order.reached(source, millis, ended);
    }

    /** Whether more of a source has to wait for others. */
    public boolean isFull(int source) {
        return order.isFull(source);
    }

    /** As {@link PartitionTask#giveWay}. */
    public void giveWay(int source) {
        order.giveWay(source);
    }
}
