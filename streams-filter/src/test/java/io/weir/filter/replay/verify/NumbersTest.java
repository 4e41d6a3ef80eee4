package io.weir.filter.replay.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private final Numbers numbers = new Numbers();

    private void addAll(long first, long last) {
        LongStream.rangeClosed(first, last).forEach(numbers::add);
    }

    @Test
    void numbersWithoutHolesHaveNone() {
        addAll(1, 20_000);
        assertThat(numbers.holes(1, 10)).isEmpty();
    }

    @Test
    void holesAreStretches() {
        addAll(3, 10);
        addAll(15_000, 15_001);
        numbers.add(15_003);
        assertThat(numbers.holes(1, 10))
                .containsExactly(
                        new Numbers.Hole(1, 2), new Numbers.Hole(11, 14_999), new Numbers.Hole(15_002, 15_002));
        assertThat(numbers.holes(Long.MAX_VALUE, 1)).containsExactly(new Numbers.Hole(11, 14_999));
    }

    @Test
    void agreesWithAPlainSetInWhateverOrderTheyCome() {
        Random random = new Random(7);
        List<Long> some = new ArrayList<>();
        for (long number = 1; number < 30_000; number++) {
            if (random.nextInt(500) > 0 && (number < 8_000 || number > 17_000)) {
                some.add(number);
            }
        }
        Collections.shuffle(some, random);
        some.forEach(numbers::add);
        TreeSet<Long> missing = new TreeSet<>();
        numbers.holes(1, 1_000_000).forEach(hole -> LongStream.rangeClosed(hole.first(), hole.last())
                .forEach(missing::add));
        TreeSet<Long> expected = new TreeSet<>();
        LongStream.rangeClosed(1, Collections.max(some)).forEach(expected::add);
        expected.removeAll(new TreeSet<>(some));
        assertThat(missing).isEqualTo(expected);
    }
}
