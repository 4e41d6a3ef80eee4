package io.weir.filter.replay.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void theMostFrequentOfManyAreKnownAndTheErrorIsTold() {
        TopCounter counter = new TopCounter(50);
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            counter.add(i % 4 == 0 ? "often" : "rare-" + random.nextInt(10_000), 1);
        }
        TopCounter.Count first = counter.top(1).get(0);
        assertThat(first.text()).isEqualTo("often");
        assertThat(first.count() + counter.error()).isGreaterThanOrEqualTo(25_000);
        assertThat(first.count()).isLessThanOrEqualTo(25_000);
    }

    @Test
    void fewTextsAreCountedExactly() {
        TopCounter one = new TopCounter(10);
        TopCounter other = new TopCounter(10);
        one.add("a", 3);
        other.add("a", 2);
        other.add("b", 7);
        one.addAll(other);
        assertThat(one.top(5)).containsExactly(new TopCounter.Count("b", 7), new TopCounter.Count("a", 5));
        assertThat(one.error()).isZero();
    }

    @Test
    void aSetOfHashesAgreesWithAPlainOneUpToItsLimit() {
        LongSet set = new LongSet(100_000);
        Set<Long> plain = new HashSet<>();
        Random random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            long hash = random.nextInt(30_000);
            assertThat(set.add(hash)).isEqualTo(plain.add(hash));
        }
        assertThat(set.size()).isEqualTo(plain.size());
        LongSet small = new LongSet(2);
        small.add(1);
        small.add(2);
        assertThat(small.isFull()).isTrue();
        assertThat(small.add(3)).isFalse();
    }
}
