package io.weir.agent.marks;

import io.weir.schemas.marks.BeginMark;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The attempts that are closed, until their mark files have been deleted: whoever reads those again, after a restart or an
 * overflow, must not take them for new ones. Outlives the process. For one thread at a time.
 */
final class ClosedMarks {
    enum State {
        /** Its action is over and compared; it still explains what a scan may reveal. */
        CLOSED,
        /** It explains nothing any more: its files are to be deleted. */
        RELEASED
    }

    /**
     * An attempt.
     *
     * @param identity of its begin mark's file; a later attempt may be given the same name once that is deleted
     */
    record Row(State state, String volume, String identity) {
        private static Row of(String text) {
            String[] parts = text.split(" ", 3);
            return new Row(State.valueOf(parts[0]), parts[1], parts[2]);
        }

        private String text() {
            return state + " " + volume + " " + identity;
        }
    }

    private final SeenEffects seen;
    private final Map<Attempt.Key, Row> rows = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    ClosedMarks(SeenEffects seen) {
        this.seen = seen;
        seen.closed().forEach((begin, text) -> rows.put(Attempt.Key.ofBegin(begin), Row.of(text)));
    }

    /** Those that a process before this one closed, and this one has not met. */
    Map<Attempt.Key, Row> earlier() {
        Map<Attempt.Key, Row> earlier = new LinkedHashMap<>(rows);
        earlier.keySet().removeIf(attempt -> names.contains(attempt.beginName()));
        return earlier;
    }

    /** Whether a process before this one closed an attempt, and this one has not met it. */
    boolean isEarlier(Attempt.Key attempt) {
        return rows.containsKey(attempt) && !names.contains(attempt.beginName());
    }

    /** Its mark files are not to be read any more. */
    void add(Attempt.Key attempt) {
        names.addAll(attempt.names());
    }

    /** Whether a mark file is of an attempt that this process knows to be closed. */
    boolean contains(String name) {
        return names.contains(name);
    }

    /** An attempt is closed. */
    void keep(BeginMark mark, String identity) {
        keep(Attempt.Key.of(mark), new Row(State.CLOSED, mark.volume(), identity));
    }

    /** An attempt is let go. */
    void release(Attempt.Key attempt) {
        Row row = rows.get(attempt);
        if (row != null) {
            keep(attempt, new Row(State.RELEASED, row.volume(), row.identity()));
        }
    }

    private void keep(Attempt.Key attempt, Row row) {
        rows.put(attempt, row);
        seen.close(attempt.beginName(), row.text());
    }

    /** Its mark files have been deleted. */
    void forget(Attempt.Key attempt) {
        names.removeAll(attempt.names());
        if (rows.remove(attempt) != null) {
            seen.forgetClosed(attempt.beginName());
        }
    }
}
