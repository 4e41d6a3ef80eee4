package io.weir.agent.claim;

import io.weir.schemas.ComponentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The log of statuses with a clock that only moves when somebody waits. For one thread. */
final class FakeLog implements ClaimLog, Reports {
    private record Pending(ComponentStatus status, CompletableFuture<LogPosition> there) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Pending> pending = new ArrayList<>();
    private final List<Runnable> unacknowledged = new ArrayList<>();
    private boolean away;
    private boolean mute;
    private @Nullable Throwable refusal;
    private Runnable whenWaiting = () -> {};
    private long millis = 1_000_000;
    private long ahead;

    /** Nanoseconds. */
    long now() {
        return millis * 1_000_000;
    }

    void pass(long time) {
        millis += time;
    }

    /** The log's clock goes ahead of everybody else's, or back. */
    void leap(long by) {
        ahead += by;
    }

    /** Whether nothing that is written comes there for now. */
    void away(boolean value) {
        away = value;
        if (!away) {
            pending.forEach(p -> p.there().complete(append(p.status())));
            pending.clear();
        }
    }

    /** Whether acknowledgements of what is written do not come for now. */
    void mute(boolean value) {
        mute = value;
        if (!mute) {
            unacknowledged.forEach(Runnable::run);
            unacknowledged.clear();
        }
    }

    /** Why nothing is written for now; null if it is. */
    void refuse(@Nullable Throwable why) {
        refusal = why;
    }

    /** What others do while somebody waits for records, each time. */
    void whenWaiting(Runnable others) {
        whenWaiting = others;
    }

    @Override
    public CompletableFuture<LogPosition> report(ComponentStatus status) {
        CompletableFuture<LogPosition> there = new CompletableFuture<>();
        if (refusal != null) {
            there.completeExceptionally(refusal);
        } else if (away) {
            pending.add(new Pending(status, there));
        } else if (mute) {
            LogPosition position = append(status);
            unacknowledged.add(() -> there.complete(position));
        } else {
            there.complete(append(status));
        }
        return there;
    }

    private LogPosition append(ComponentStatus status) {
        LogPosition position = new LogPosition(entries.size(), millis + ahead);
        entries.add(new Entry(position, status));
        return position;
    }

    List<String> steps(String id) {
        return entries.stream()
                .filter(e -> e.status().getId().equals(id))
                .map(e -> e.status().getClaim().getStep())
                .toList();
    }

    @Override
    public Reader open() {
        return new Reader() {
            private int next;

            @Override
            public List<Entry> poll(Duration atMost) {
                if (next == entries.size()) {
                    millis += atMost.toMillis();
                    whenWaiting.run();
                }
                List<Entry> some = List.copyOf(entries.subList(next, entries.size()));
                next = entries.size();
                return some;
            }

            @Override
            public long offset() {
                return next;
            }

            @Override
            public void close() {}
        };
    }
}
