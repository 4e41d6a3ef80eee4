package io.weir.filter.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Brings what comes from several sources, each in the order of its times, into one order: by time, then by source. An item is
 * given once no source can come with an earlier one, so the order is the same however fast each is read. Safe for all
 * threads; items are given by one thread at a time.
 *
 * @param <T> what is ordered
 */
final class TimeOrder<T> {
    private final int most;
    private final Consumer<T> handler;
    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Source> heads =
            new PriorityQueue<>(Comparator.comparingLong(Source::headTime).thenComparingInt(source -> source.number));

    /**
     * @param count of sources
     * @param most how many items of a source may wait before it is full
     */
    TimeOrder(int count, int most, Consumer<T> handler) {
        this.most = most;
        this.handler = handler;
        for (int i = 0; i < count; i++) {
            sources.add(new Source(i));
        }
    }

    private final class Source {
        private final int number;
        private final Deque<T> items = new ArrayDeque<>();
        private final Deque<Long> times = new ArrayDeque<>();
        private long reached = Long.MIN_VALUE;
        private int allowed = most;
        private boolean ended;

        Source(int number) {
            this.number = number;
        }

        long headTime() {
            return times.element();
        }

        /** Whether an item may come from it that has to be given before this one. */
        boolean mayPrecede(long time, int other) {
            return !ended && items.isEmpty() && (reached < time || (reached == time && number < other));
        }
    }

    /** Times of a source must not go back; one that does counts as the one before it. */
    synchronized void add(int number, long time, T item) {
        Source source = sources.get(number);
        source.reached = Math.max(source.reached, time);
        boolean first = source.items.isEmpty();
        source.items.add(item);
        source.times.add(source.reached);
        if (first) {
            heads.add(source);
        }
    }

    /** Nothing before a time comes from a source any more, or nothing at all. */
    synchronized void reached(int number, long time, boolean ended) {
        Source source = sources.get(number);
        source.reached = Math.max(source.reached, time);
        source.ended |= ended;
        give();
    }

    synchronized boolean isFull(int number) {
        return sources.get(number).items.size() >= sources.get(number).allowed;
    }

    synchronized void giveWay(int number) {
        sources.get(number).allowed *= 2;
    }

    private void give() {
        while (!heads.isEmpty()) {
            Source first = heads.element();
            long time = first.headTime();
            for (Source other : sources) {
                if (other.mayPrecede(time, first.number)) {
                    return;
                }
            }
            heads.remove();
            first.times.remove();
            T item = first.items.remove();
            if (!first.items.isEmpty()) {
                heads.add(first);
            }
            handler.accept(item);
        }
    }
}
