package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final long SECOND = 1_000_000;

    private final MapLog log = new MapLog();
    private Windows windows = new Windows(log);
    private long logTime = 1_000_000;

    /** Keeps what is put in memory. */
    static final class MapLog implements StateLog {
        final Map<String, byte[]> entries = new TreeMap<>();

        @Override
        public void put(String key, byte @Nullable [] value) {
            if (value == null) {
                entries.remove(key);
            } else {
                entries.put(key, value);
            }
        }

        @Override
        public void forEach(BiConsumer<String, byte[]> each) {
            entries.forEach(each);
        }
    }

    private boolean add(String value, long seconds) {
        return windows.add("w", value, seconds * SECOND, 60 * SECOND, 3, false, logTime);
    }

    @Test
    void firesWithTheOneThatMakesItFullAndOnce() {
        assertThat(add("a", 1)).isFalse();
        assertThat(add("b", 2)).isFalse();
        assertThat(add("c", 3)).isTrue();
        assertThat(add("d", 4)).isFalse();
    }

    @Test
    void firesAgainOnceThereWereFewer() {
        add("a", 1);
        add("b", 2);
        add("c", 3);
        assertThat(add("d", 70)).isFalse();
        assertThat(add("e", 71)).isFalse();
        assertThat(add("f", 72)).isTrue();
    }

    @Test
    void whatIsAsOldAsTheWindowIsLongDoesNotCount() {
        add("a", 1);
        add("b", 2);
        assertThat(add("c", 61)).isFalse();
        assertThat(add("d", 61)).isTrue(); // b, c and d
    }

    @Test
    void aValueCountsOnceWithItsNewestTime() {
        add("a", 1);
        add("a", 2);
        assertThat(add("a", 3)).isFalse();
        add("b", 50);
        assertThat(add("c", 62)).isTrue(); // a from second 3, not 1
    }

    @Test
    void whatComesLateCountsWhereItBelongs() {
        add("a", 100);
        add("b", 101);
        assertThat(add("old", 40)).isFalse(); // sixty seconds before the newest, or more
        assertThat(add("late", 45)).isTrue();
    }

    @Test
    void whoWantsAllAnewForgetsThemWhenItFires() {
        for (int round = 0; round < 2; round++) {
            List<Boolean> fired = new ArrayList<>();
            for (String value : List.of("0", "1", "1", "0")) {
                fired.add(windows.add("t", value, round * SECOND, 60 * SECOND, 2, true, logTime));
            }
            assertThat(fired).containsExactly(false, true, false, true);
        }
    }

    @Test
    void aWindowThatNobodyNeedsIsForgottenWithAllItKept() {
        add("a", 1);
        logTime += 60_000 + 3_600_000 + 1;
        windows.add("other", "x", 1, SECOND, 2, false, logTime);
        assertThat(windows.size()).isEqualTo(1);
        assertThat(log.entries.keySet()).allMatch(key -> key.startsWith("other"));
    }

    @Test
    void countsAsOneWhoKeepsAllEventsWould() {
        Random random = Seed.random("WindowTest");
        for (int run = 0; run < 200; run++) {
            int count = 2 + random.nextInt(4);
            int length = 1 + random.nextInt(30);
            long time = 0;
            Map<String, Long> all = new HashMap<>();
            long newest = Long.MIN_VALUE;
            boolean full = false;
            for (int i = 0; i < 100; i++) {
                time += random.nextInt(4);
                long at = Math.max(0, time - random.nextInt(10));
                String value = "v" + random.nextInt(12);
                if (random.nextInt(10) == 0) {
                    windows = new Windows(log); // the process starts anew
                }
                boolean fired = windows.add("w" + run, value, at * SECOND, length * SECOND, count, false, logTime);
                newest = Math.max(newest, at);
                all.merge(value, at, Math::max);
                long since = newest - length;
                boolean wasFull = full;
                full = all.values().stream().filter(t -> t > since).count() >= count;
                assertThat(fired).as("run %d, event %d", run, i).isEqualTo(full && !wasFull);
            }
        }
    }
}
