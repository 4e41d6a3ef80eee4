package io.weir.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LanesTest {
    @AutoClose
    final Lanes lanes = new Lanes(4);

    @Test
    void tasksOfALaneRunInOrderAlsoWhereSomeAreTriedAgain() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        Random random = new Random(seed);
        Map<String, Queue<Integer>> done = new ConcurrentHashMap<>();
        AtomicInteger left = new AtomicInteger(2000);
        for (int i = 0; i < 2000; i++) {
            int number = i;
            String lane = "lane" + random.nextInt(20);
            AtomicInteger tries = new AtomicInteger(random.nextInt(20) == 0 ? 2 : 0);
            lanes.add(lane, () -> {
                if (tries.getAndDecrement() > 0) {
                    return Optional.of(Duration.ofMillis(1));
                }
                done.computeIfAbsent(lane, l -> new ConcurrentLinkedQueue<>()).add(number);
                left.decrementAndGet();
                return Optional.empty();
            });
        }
        await().until(() -> left.get() == 0);
        assertThat(done.values()).as("seed %d", seed).allSatisfy(order -> assertThat(new ArrayList<>(order))
                .isSorted());
        await().until(() -> lanes.count() == 0);
    }

    @Test
    void lanesThatWaitForTheirNextAttemptHoldNoThread() {
        CountDownLatch retry = new CountDownLatch(1);
        AtomicInteger waiting = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            lanes.add("failing" + i, () -> {
                waiting.incrementAndGet();
                return retry.getCount() > 0 ? Optional.of(Duration.ofMillis(20)) : Optional.empty();
            });
        }
        await().until(() -> waiting.get() > 100);
        AtomicInteger other = new AtomicInteger();
        lanes.add("other", () -> {
            other.incrementAndGet();
            return Optional.empty();
        });
        await().untilAsserted(() -> assertThat(other).hasValue(1));
        retry.countDown();
        await().until(() -> lanes.count() == 0);
    }

    @Test
    void aSlowTaskBlocksOnlyItsOwnLane() {
        CountDownLatch release = new CountDownLatch(1);
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        lanes.add("slow", () -> {
            awaitQuietly(release);
            done.add("slow");
            return Optional.empty();
        });
        lanes.add("slow", () -> {
            done.add("behind");
            return Optional.empty();
        });
        lanes.add("quick", () -> {
            done.add("quick");
            return Optional.empty();
        });
        await().until(() -> done.contains("quick"));
        assertThat(done).containsExactly("quick");
        release.countDown();
        await().untilAsserted(() -> assertThat(done).containsExactly("quick", "slow", "behind"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
