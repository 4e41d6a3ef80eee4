package io.weir.rules.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"90s, 90s", "120s, 2m", "60m, 1h", "36h, 36h", "48 h, 2d", "2w, 14d", "0s, 0s"})
    void hasOneFormForEachLength(String text, String canonical) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(canonical);
    }

    @Test
    void readsWholeNumbersWithAUnit() {
        assertThat(Durations.parse("7d")).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 minutes", "-1s", "1.5h", "1M", "9999999999s"})
    void anythingElseIsAFault(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bad duration '" + text
                        + "': expected a whole number and a unit, such as 30s, 10m, 36h, 7d or 2w");
    }
}
