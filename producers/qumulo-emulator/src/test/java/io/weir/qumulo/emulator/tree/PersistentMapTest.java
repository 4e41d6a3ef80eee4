package io.weir.qumulo.emulator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PersistentMapTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private final Random random = new Random(SEED);

    private final TreeMap<Integer, String> model = new TreeMap<>();
    private PersistentMap<Integer, String> map = PersistentMap.empty();

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            Integer key = random.nextInt(500);
            if (random.nextInt(3) == 0) {
                map = map.without(key);
                model.remove(key);
            } else {
                String value = "v" + random.nextInt();
                map = map.with(key, value);
                model.put(key, value);
            }
        }
    }

    private static SortedMap<Integer, String> contents(PersistentMap<Integer, String> map) {
        var contents = new TreeMap<Integer, String>();
        map.visitAfter(null, (key, value) -> contents.put(key, value) == null);
        return contents;
    }

    @Test
    void itIsWhatATreeMapIsAndOldOnesStay() {
        for (int round = 0; round < 50; round++) {
            PersistentMap<Integer, String> before = map;
            var was = new TreeMap<>(model);
            change(100);
            assertThat(contents(map)).as("seed %d", SEED).isEqualTo(model);
            assertThat(map.size()).isEqualTo(model.size());
            assertThat(contents(before)).isEqualTo(was);
        }
    }

    @Test
    void aVisitBeginsAfterAKeyAndEndsWhenToldTo() {
        change(1000);
        for (int after = -1; after <= 500; after += 7) {
            var keys = new ArrayList<Integer>();
            map.visitAfter(after, (key, value) -> {
                keys.add(key);
                return keys.size() < 5;
            });
            assertThat(keys)
                    .as("seed %d, after %d", SEED, after)
                    .isEqualTo(model.tailMap(after, false).keySet().stream()
                            .limit(5)
                            .toList());
        }
    }

    @Test
    void differencesCostWhatChangedAndNotWhatIsThere() {
        int[] comparisons = new int[1];
        PersistentMap<CountedKey, String> large = PersistentMap.empty();
        for (int i = 0; i < 100_000; i++) {
            large = large.with(new CountedKey(i, comparisons), "v");
        }
        PersistentMap<CountedKey, String> changed =
                large.without(new CountedKey(77_777, comparisons)).with(new CountedKey(5, comparisons), "w");
        comparisons[0] = 0;
        var keys = new ArrayList<Integer>();
        large.differences(changed, (key, old, now) -> keys.add(key.number));
        assertThat(keys).containsExactly(5, 77_777);
        assertThat(comparisons[0]).isLessThan(500);
    }

    private static final class CountedKey implements Comparable<CountedKey> {
        private final int number;
        private final int[] comparisons;

        CountedKey(int number, int[] comparisons) {
            this.number = number;
            this.comparisons = comparisons;
        }

        @Override
        public int compareTo(CountedKey other) {
            comparisons[0]++;
            return Integer.compare(number, other.number);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CountedKey key && compareTo(key) == 0;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    @Test
    void theDifferencesOfTwoAreThoseOfTheirContents() {
        for (int round = 0; round < 200; round++) {
            PersistentMap<Integer, String> before = map;
            var was = new TreeMap<>(model);
            change(random.nextInt(300));
            var applied = new TreeMap<>(was);
            List<Integer> order = new ArrayList<>();
            before.differences(map, (key, old, now) -> {
                order.add(key);
                assertThat(was.get(key)).isSameAs(old);
                if (now == null) {
                    applied.remove(key);
                } else {
                    applied.put(key, now);
                }
            });
            assertThat(applied).as("seed %d, round %d", SEED, round).isEqualTo(model);
            assertThat(order).isSorted().doesNotHaveDuplicates();
        }
    }
}
