package io.weir.filter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeOrderTest {
    private final List<String> given = new ArrayList<>();
    private final TimeOrder<String> order = new TimeOrder<>(2, 2, given::add);

    @Test
    void anItemWaitsForWhoeverMayComeBeforeIt() {
        order.add(0, 10, "a10");
        order.reached(0, 10, false);
        assertThat(given).isEmpty();
        order.reached(1, 9, false);
        assertThat(given).isEmpty();
        order.reached(1, 11, false);
        assertThat(given).containsExactly("a10");
    }

    @Test
    void ofTheSameTimeTheFirstSourceComesFirst() {
        order.add(1, 10, "b10");
        order.reached(1, 10, true);
        order.reached(0, 10, false);
        assertThat(given).as("source 0 may still come with 10").isEmpty();
        order.add(0, 10, "a10");
        order.reached(0, 10, true);
        assertThat(given).containsExactly("a10", "b10");
    }

    @Test
    void aSourceIsFullUntilOthersHaveCaughtUp() {
        order.add(0, 1, "a1");
        order.add(0, 2, "a2");
        assertThat(order.isFull(0)).isTrue();
        order.reached(1, 3, false);
        assertThat(order.isFull(0)).isFalse();
        order.add(0, 4, "a4");
        order.add(0, 5, "a5");
        order.giveWay(0);
        assertThat(order.isFull(0)).isFalse();
    }

    @Test
    void theOrderIsTheSameHoweverFastEachIsRead() {
        List<String> expected = run(new Random(1));
        for (int seed = 2; seed < 50; seed++) {
            assertThat(run(new Random(seed))).isEqualTo(expected);
        }
    }

    /** Three sources with times that meet, read in some order. */
    private static List<String> run(Random random) {
        List<String> all = new ArrayList<>();
        TimeOrder<String> merged = new TimeOrder<>(3, 1_000, all::add);
        int[] next = new int[3];
        int open = 3;
        while (open > 0) {
            int source = random.nextInt(3);
            if (next[source] > 100) {
                continue;
            }
            for (int k = random.nextInt(4); k >= 0 && next[source] < 100; k--) {
                long time = next[source] * (source + 1L) / 2;
                merged.add(source, time, source + ":" + next[source]++);
            }
            boolean ended = next[source] == 100;
            merged.reached(source, 0, ended);
            if (ended) {
                next[source]++;
                open--;
            }
        }
        return all;
    }
}
