package io.weir.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionMapTest {
    @Test
    void findsStretchesOfATextAndNothingElse() {
        Map<String, Integer> entries = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            entries.put("k" + i, i);
        }
        RegionMap<Integer> map = RegionMap.exact(entries);
        for (int i = 0; i < 1000; i++) {
            String text = "/x/k" + i + "/y";
            int to = text.length() - 2;
            assertThat(map.get(text, 3, to, RegionMap.hash(text, 3, to))).isEqualTo(i);
        }
        assertThat(map.get("k1000", 0, 5, "k1000".hashCode())).isNull();
        assertThat(map.get("K1", 0, 2, "K1".hashCode())).isNull();
    }

    @Test
    void changesMakeOtherMapsAndLeaveTheOldOne() {
        Random random = new Random(1);
        Map<String, Integer> expected = new HashMap<>();
        RegionMap<Integer> map = RegionMap.exact(Map.of());
        for (int step = 0; step < 3_000; step++) {
            Map<String, Integer> before = Map.copyOf(expected);
            RegionMap<Integer> old = map;
            Map<String, Integer> put = new HashMap<>();
            Set<String> removed = new HashSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                boolean grow = step < 1_500 ? random.nextInt(4) > 0 : random.nextInt(4) == 0;
                String key = "k" + random.nextInt(3_000);
                if (grow) {
                    put.put(key, step);
                } else {
                    removed.add(key);
                }
            }
            map = map.change(put, removed);
            expected.keySet().removeAll(removed);
            expected.putAll(put);
            assertThat(map.size()).isEqualTo(expected.size());
            if (step % 100 == 0) {
                assertThat(entries(map)).isEqualTo(expected);
                assertThat(entries(old)).isEqualTo(before);
            }
        }
    }

    private static Map<String, Integer> entries(RegionMap<Integer> map) {
        Map<String, Integer> entries = new HashMap<>();
        map.forEach((key, value) -> {
            assertThat(map.get(key)).isEqualTo(value);
            entries.put(key, value);
        });
        return entries;
    }

    @Test
    void keysWithTheSameHashAreToldApart() {
        RegionMap<String> map = RegionMap.exact(Map.of("Aa", "one", "BB", "two"));
        assertThat(map.get("Aa", 0, 2, "Aa".hashCode())).isEqualTo("one");
        assertThat(map.get("BB", 0, 2, "BB".hashCode())).isEqualTo("two");
    }

    @Test
    void caseMakesNoDifferenceIfItShallNot() {
        RegionMap<String> map = RegionMap.ignoringCase(Map.of(RegionMap.fold("JPG"), "j", RegionMap.fold("Äß"), "a"));
        assertThat(folded(map, "jPg")).isEqualTo("j");
        assertThat(folded(map, "äß")).isEqualTo("a");
        assertThat(folded(map, "jpgx")).isNull();
    }

    private static @Nullable String folded(RegionMap<String> map, String text) {
        return map.get(text, 0, text.length(), RegionMap.foldedHash(text, 0, text.length()));
    }

    @Test
    void foldingTwiceIsFoldingOnce() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String once = RegionMap.fold(Character.toString((char) c));
            assertThat(RegionMap.fold(once)).isEqualTo(once);
        }
    }
}
