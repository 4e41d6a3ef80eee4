package io.weir.qumulo.emulator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
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
