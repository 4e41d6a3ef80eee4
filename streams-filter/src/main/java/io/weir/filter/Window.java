package io.weir.filter;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What was counted for one rule and group: values, each with the newest time at which it came. Counted are those not older
 * than the window before the newest of all. Not safe for several threads.
 */
final class Window {
    private final Map<String, Long> times = new HashMap<>();
    private final TreeSet<Value> byAge =
            new TreeSet<>(Comparator.comparingLong(Value::time).thenComparing(Value::value));
    private long newest = Long.MIN_VALUE;
    private boolean fired;
    private long expires;

    /** A value with its time, microseconds since 1970. */
    private record Value(long time, String value) {}

    /** Told what of the window changes. */
    interface Changes {
        void value(String value, long time);

        void removed(String value);
    }

    /**
     * Counts a value.
     *
     * @param time microseconds since 1970
     * @param length of the window, microseconds
     * @param count how many make it full
     * @param anew whether all that is counted is forgotten when it is full; if not, it fires again once there were fewer
     * @return whether it has become full
     */
    boolean add(String value, long time, long length, int count, boolean anew, Changes changes) {
        newest = Math.max(newest, time);
        put(value, time, changes);
        while (!byAge.isEmpty() && byAge.first().time() <= newest - length) {
            remove(byAge.first(), changes);
        }
        boolean full = byAge.size() >= count;
        while (byAge.size() > count) {
            remove(byAge.first(), changes); // it can make no difference any more
        }
        boolean fires = full && !fired;
        fired = full;
        if (fires && anew) {
            List.copyOf(byAge).forEach(v -> remove(v, changes));
            fired = false;
        }
        return fires;
    }

    private void put(String value, long time, Changes changes) {
        Long before = times.get(value);
        if (before != null && before >= time) {
            return;
        }
        if (before != null) {
            byAge.remove(new Value(before, value));
        }
        restore(value, time);
        changes.value(value, time);
    }

    /** Puts in what was kept. */
    void restore(String value, long time) {
        times.put(value, time);
        byAge.add(new Value(time, value));
    }

    private void remove(Value value, Changes changes) {
        byAge.remove(value);
        times.remove(value.value());
        changes.removed(value.value());
    }

    /** Values that are counted. */
    List<String> values() {
        return new ArrayList<>(times.keySet());
    }

    /** Log time after which nobody needs it, milliseconds since 1970. */
    long expires() {
        return expires;
    }

    void expires(long logTime) {
        expires = logTime;
    }

    /** All but the values. */
    byte[] head() {
        return ByteBuffer.allocate(2 * Long.BYTES + 1)
                .putLong(newest)
                .putLong(expires)
                .put((byte) (fired ? 1 : 0))
                .array();
    }

    /** Puts in what was kept. */
    void restoreHead(byte[] head) {
        ByteBuffer buffer = ByteBuffer.wrap(head);
        newest = buffer.getLong();
        expires = buffer.getLong();
        fired = buffer.get() == 1;
    }
}
