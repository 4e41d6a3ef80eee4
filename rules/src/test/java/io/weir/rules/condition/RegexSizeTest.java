package io.weir.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "abc # 3",
                "[0-9]{4}-[0-9]{2} # 7",
                "(ab){3} # 6",
                "(?:a(b{2}){3}){10} # 90",
                "a{2,5}b* # 7",
                "a{3,} # 3",
                "\\d{8}\\.\\pL{2} # 12",
                "\\p{Greek}{2}\\x{10FFFF} # 3",
                "[]a]{2}[^\\]]{3} # 5",
                "(a{1000}){1000} # 1000000",
                "(((((((a{1000}){1000}){1000}){1000}){1000}){1000}){1000}){1000} # 1099511627776",
            })
    void writesCountedRepetitionsOut(String text, long size) {
        assertThat(RegexSize.of(text)).isEqualTo(size);
    }

    @Test
    void noTextMakesItFailAndWhatItAllowsIsSmallWhenCompiled() {
        long seed = Long.getLong("weir.seed", 1L);
        Random random = new Random(seed);
        String alphabet = "abc()[]{}{}0123,9|*+?\\pL.^$";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j >= 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (RegexSize.of(text.toString()) > RegexCheck.LARGEST) {
                continue;
            }
            try {
                assertThat(Pattern.compile(text.toString()).programSize())
                        .as("seed %d: %s", seed, text)
                        .isLessThan(20 * RegexCheck.LARGEST);
            } catch (PatternSyntaxException e) {
                // most are none
            }
        }
    }
}
