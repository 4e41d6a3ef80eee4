package io.weir.agent.intake;

import io.weir.agent.source.FileStat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Events that are due later, by file: the last of a run of {@code modified}, and {@code written} of a found file. At most one
 * of each for a file. Times are nanoseconds of a clock that never goes back.
 */
final class PendingEvents {
    /** A run of {@code modified}. */
    record Run(long until, @Nullable FileStat last, long observedAt) {}

    /** A {@code written} that nobody told. */
    record Written(long due, FileStat found, long observedAt) {}

    /** What is due. */
    record Due(long entry, Optional<Run> run, Optional<Written> written) {}

    private record Timer(long at, long entry) {}

    private final Map<Long, Run> runs = new HashMap<>();
    private final Map<Long, Written> written = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));

    /** A run begins: its first event has been published. */
    void beginRun(long entry, long until) {
        runs.put(entry, new Run(until, null, 0));
        timers.add(new Timer(until, entry));
    }

    /** Whether the file is in a run; then the event is part of it. */
    boolean joinRun(long entry, FileStat now, long observedAt) {
        return runs.computeIfPresent(entry, (id, run) -> new Run(run.until(), now, observedAt)) != null;
    }

    /** Ends the file's run; what it has not published yet, if anything. */
    Optional<Run> endRun(long entry) {
        return Optional.ofNullable(runs.remove(entry)).filter(run -> run.last() != null);
    }

    /** The last of a run that is not published yet. */
    boolean isInRun(long entry) {
        Run run = runs.get(entry);
        return run != null && run.last() != null;
    }

    void oweWritten(long entry, long due, FileStat found, long observedAt) {
        written.put(entry, new Written(due, found, observedAt));
        timers.add(new Timer(due, entry));
    }

    /** Puts off an owed {@code written}: the file is being changed. */
    void putOffWritten(long entry, long due, FileStat now) {
        Written owed = written.get(entry);
        if (owed != null) {
            oweWritten(entry, due, now, owed.observedAt());
        }
    }

    /** A file of which {@code written} is owed was read again: that is what will be told. */
    void readAgain(long entry, FileStat now) {
        written.computeIfPresent(entry, (id, owed) -> new Written(owed.due(), now, owed.observedAt()));
    }

    Optional<Written> takeWritten(long entry) {
        return Optional.ofNullable(written.remove(entry));
    }

    /** Forgets a file. */
    void forget(long entry) {
        runs.remove(entry);
        written.remove(entry);
    }

    /** When something is due next. */
    OptionalLong next() {
        Timer first = timers.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.at());
    }

    /** Takes what is due. */
    List<Due> takeDue(long now) {
        List<Due> due = new ArrayList<>();
        for (Timer timer = timers.peek(); timer != null && timer.at() - now <= 0; timer = timers.peek()) {
            timers.remove();
            Optional<Run> run = takeRunOver(timer.entry(), now);
            Optional<Written> owed = takeWrittenDue(timer.entry(), now);
            if (run.isPresent() || owed.isPresent()) {
                due.add(new Due(timer.entry(), run, owed));
            }
        }
        return due;
    }

    private Optional<Run> takeRunOver(long entry, long now) {
        Run run = runs.get(entry);
        return run == null || run.until() - now > 0 ? Optional.empty() : endRun(entry);
    }

    private Optional<Written> takeWrittenDue(long entry, long now) {
        Written owed = written.get(entry);
        return owed == null || owed.due() - now > 0 ? Optional.empty() : takeWritten(entry);
    }

    /** Takes all, due or not. */
    List<Due> takeAll() {
        return takeDue(timers.stream().mapToLong(Timer::at).max().orElse(0));
    }
}
