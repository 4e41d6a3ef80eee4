package io.weir.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PartitionWorkTest {
    private final PartitionWork work = new PartitionWork();

    @Test
    void onlyWhatIsDoneWithoutAHoleIsCommitted() {
        assertThat(work.committable()).isEmpty();
        work.started(100);
        work.started(101);
        work.started(105);
        assertThat(work.committable()).isEmpty();
        work.done(101);
        assertThat(work.committable()).isEmpty();
        work.done(100);
        assertThat(work.committable()).hasValue(105);
        work.committed(105);
        assertThat(work.committable()).isEmpty();
        work.done(105);
        assertThat(work.committable()).hasValue(106);
    }

    @Test
    void inWhateverOrderTasksEndNoOffsetBeforeAnOpenOneIsPassed() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        Random random = new Random(seed);
        List<Long> open = new ArrayList<>();
        Set<Long> done = new HashSet<>();
        long next = 0;
        for (int i = 0; i < 3000; i++) {
            if (open.isEmpty() || random.nextBoolean()) {
                work.started(next);
                open.add(next++);
            } else {
                Collections.swap(open, random.nextInt(open.size()), open.size() - 1);
                long offset = open.remove(open.size() - 1);
                work.done(offset);
                done.add(offset);
            }
            work.committable().ifPresent(offset -> {
                boolean passedOver = LongStream.range(0, offset).anyMatch(before -> !done.contains(before));
                assertThat(passedOver).as("seed %d", seed).isFalse();
                work.committed(offset);
            });
        }
    }

    @Test
    void nothingBeginsAfterThePartitionWasTakenAway() {
        assertThat(work.enter()).isTrue();
        work.leave();
        work.revoke();
        assertThat(work.enter()).isFalse();
        assertThat(work.join(Duration.ZERO, Duration.ZERO)).isTrue();
    }

    @Test
    void whatRunsIsJoinedAndAtLastInterrupted() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = new Thread(() -> {
            work.enter();
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            } finally {
                work.leave();
            }
        });
        thread.start();
        entered.await();
        work.revoke();
        assertThat(work.join(Duration.ofMillis(20), Duration.ofSeconds(10))).isTrue();
        await().untilTrue(interrupted);
        thread.join();
    }
}
