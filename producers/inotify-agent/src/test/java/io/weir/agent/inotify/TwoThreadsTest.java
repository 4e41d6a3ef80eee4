package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TwoThreadsTest {
    @Test
    void eachPieceOfWorkHasRunOnceWhenTheCallReturns() {
        try (TwoThreads threads = new TwoThreads("test")) {
            for (int size = 0; size < 200; size++) {
                List<AtomicInteger> counts = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    counts.add(new AtomicInteger());
                }
                threads.run(counts.stream()
                        .<Runnable>map(count -> count::incrementAndGet)
                        .toList());
                assertThat(counts).allSatisfy(count -> assertThat(count.get()).isOne());
            }
        }
    }
}
