package io.weir.filter;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * The windows of one partition, kept beyond the process entry by entry, so that counting one event writes little however full
 * a window is. A window that no event could make full without as many new ones is forgotten. Not safe for several threads.
 */
final class Windows {
    /** Tells the head of a window from its values in keys: no rule's id, hash or group has it. */
    private static final char MARK = '\0';

    /** How much later than the agents' clocks the log may be. */
    private static final long SLACK_MILLIS = 3_600_000;

    private final StateLog log;
    private final Map<String, Window> byKey = new HashMap<>();
    private final TreeSet<Expiry> expiries =
            new TreeSet<>(Comparator.comparingLong(Expiry::at).thenComparing(Expiry::key));

    private record Expiry(long at, String key) {}

    /** Takes up what was kept. */
    Windows(StateLog log) {
        this.log = log;
        log.forEach(this::restore);
        byKey.forEach((key, window) -> expiries.add(new Expiry(window.expires(), key)));
    }

    private void restore(String entry, byte[] bytes) {
        int mark = entry.indexOf(MARK);
        Window window = byKey.computeIfAbsent(entry.substring(0, mark), k -> new Window());
        if (mark == entry.length() - 1) {
            window.restoreHead(bytes);
        } else {
            window.restore(entry.substring(mark + 1), ByteBuffer.wrap(bytes).getLong());
        }
    }

    /**
     * Counts a value in a window; see {@link Window#add}.
     *
     * @param key of the window
     * @param logTime milliseconds since 1970; never goes back
     */
    boolean add(String key, String value, long micros, long lengthMicros, int count, boolean anew, long logTime) {
        expire(logTime);
        Window window = byKey.computeIfAbsent(key, k -> new Window());
        expiries.remove(new Expiry(window.expires(), key));
        boolean fires = window.add(value, micros, lengthMicros, count, anew, new Log(key));
        window.expires(logTime + lengthMicros / 1_000 + SLACK_MILLIS);
        expiries.add(new Expiry(window.expires(), key));
        log.put(key + MARK, window.head());
        return fires;
    }

    private void expire(long logTime) {
        while (!expiries.isEmpty() && expiries.first().at() < logTime) {
            String key = expiries.pollFirst().key();
            Window window = byKey.remove(key);
            if (window != null) {
                window.values().forEach(value -> log.put(key + MARK + value, null));
                log.put(key + MARK, null);
            }
        }
    }

    int size() {
        return byKey.size();
    }

    private final class Log implements Window.Changes {
        private final String key;

        Log(String key) {
            this.key = key;
        }

        @Override
        public void value(String value, long time) {
            log.put(
                    key + MARK + value,
                    ByteBuffer.allocate(Long.BYTES).putLong(time).array());
        }

        @Override
        public void removed(String value) {
            log.put(key + MARK + value, null);
        }
    }
}
