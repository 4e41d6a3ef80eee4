package io.weir.agent.qumulo.notify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts the two halves of moves together: {@code _moved_from} and the {@code _moved_to} that follows and has the same file,
 * which is the last id of both spines, whatever directories and arrays they are in. While a second half may still come, what
 * came behind the first one waits, so that nothing is told out of order; a half whose other does not come in time has left
 * or entered what is watched. For one thread.
 *
 * <p>Alternate data streams move within their file, and are left as they are.
 */
public final class MovePairs {
    private static final String FROM = "_moved_from";
    private static final String TO = "_moved_to";
    private static final String REMOVED = "_removed";
    private static final String STREAM = "child_stream_";

    private record Waiting(long number, NotifyEvent event, long since) {}

    private final long patience;
    private final int most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long taken;

    /**
     * Makes one.
     *
     * @param patienceNanos how long to wait for a second half
     * @param most events that wait at most: a first half is given up rather than let more wait behind it
     */
    public MovePairs(long patienceNanos, int most) {
        this.patience = patienceNanos;
        this.most = most;
    }

    /** Takes events, and gives those that need wait no longer. */
    public List<Movement> add(List<NotifyEvent> events, long nowNanos) {
        for (NotifyEvent event : events) {
            waiting.add(new Waiting(taken++, event, nowNanos));
        }
        return due(nowNanos);
    }

    /** What need wait no longer. */
    public List<Movement> due(long nowNanos) {
        List<Movement> ready = new ArrayList<>();
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            boolean mayStillCome = nowNanos - first.since() < patience && waiting.size() <= most;
            if (!take(first, mayStillCome, ready)) {
                break;
            }
        }
        return ready;
    }

    /** The stream has ended: no second half comes any more. */
    public List<Movement> ended() {
        List<Movement> ready = new ArrayList<>();
        for (Waiting first = waiting.peek(); first != null; first = waiting.peek()) {
            take(first, false, ready);
        }
        return ready;
    }

    /** Gives the first that waits; false if it must wait. */
    private boolean take(Waiting first, boolean mayStillCome, List<Movement> ready) {
        Waiting second = isFirstHalf(first.event()) ? secondHalf(first.event()) : null;
        if (second == null && isFirstHalf(first.event()) && mayStillCome) {
            return false;
        }
        waiting.remove();
        if (second == null) {
            ready.add(new Movement(first.event(), null));
        } else {
            takeTo(second, ready);
            ready.add(new Movement(second.event(), first.event()));
            waiting.remove(second);
        }
        return true;
    }

    /** When {@link #due} has something to give at the latest, by the clock of {@link #add}; empty if nothing waits. */
    public OptionalLong nextDue() {
        Waiting first = waiting.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.since() + patience);
    }

    /** The removal of what was at the new place comes before the move, if it is told between its halves. */
    private void takeTo(Waiting second, List<Movement> ready) {
        for (Iterator<Waiting> between = waiting.iterator(); between.hasNext(); ) {
            Waiting other = between.next();
            if (other.number() == second.number()) {
                return;
            }
            if (other.event().type().endsWith(REMOVED)
                    && other.event().path().equals(second.event().path())) {
                ready.add(new Movement(other.event(), null));
                between.remove();
            }
        }
    }

    private @Nullable Waiting secondHalf(NotifyEvent first) {
        String type = first.type().substring(0, first.type().length() - FROM.length()) + TO;
        String file = first.fileId();
        for (Waiting other : waiting) {
            NotifyEvent event = other.event();
            if (event.type().equals(type) && file != null && Objects.equals(file, event.fileId())) {
                return other;
            }
        }
        return null;
    }

    private static boolean isFirstHalf(NotifyEvent event) {
        return event.type().endsWith(FROM) && !event.type().startsWith(STREAM);
    }
}
