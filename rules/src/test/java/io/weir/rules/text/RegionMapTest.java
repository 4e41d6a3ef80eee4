package io.weir.rules.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
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
