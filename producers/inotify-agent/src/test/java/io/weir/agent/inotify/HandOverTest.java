package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.source.Observation;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HandOverTest {
    private static List<Observation> batch(int n) {
        return List.of(new Observation.GapClosed(n, new Place("v", "/"), "overflow"));
    }

    @Test
    void theNextBatchIsMadeWhileTheSinkTakesOneAndTheOrderIsKept() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        List<Long> taken = Collections.synchronizedList(new ArrayList<>());
        HandOver handOver = new HandOver(
                batch -> {
                    entered.countDown();
                    try {
                        leave.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    taken.add(batch.get(0).observedAt());
                },
                HandOver.thread());
        handOver.accept(batch(1));
        entered.await();
        assertThat(taken).isEmpty();
        leave.countDown();
        for (int i = 2; i <= 50; i++) {
            handOver.accept(batch(i));
        }
        handOver.awaitTaken();
        assertThat(taken).hasSize(50).isSorted();
    }

    @Test
    void aFailureOfTheSinkComesWithTheNextBatchAndClosingDoesNotFail() {
        HandOver handOver = new HandOver(
                batch -> {
                    throw new IllegalArgumentException("the disk is full");
                },
                HandOver.thread());
        handOver.accept(batch(1));
        assertThatThrownBy(() -> handOver.accept(batch(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the disk is full");
        handOver.close();
    }
}
