package io.weir.cli.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {
    private final Durations durations = new Durations();

    @Test
    void unitsAreThoseThatPeopleWrite() {
        assertThat(durations.convert("100ms")).isEqualTo(Duration.ofMillis(100));
        assertThat(durations.convert("10s")).isEqualTo(Duration.ofSeconds(10));
        assertThat(durations.convert("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(durations.convert("2h")).isEqualTo(Duration.ofHours(2));
        assertThat(durations.convert("30d")).isEqualTo(Duration.ofDays(30));
        assertThat(durations.convert("0")).isEqualTo(Duration.ZERO);
    }

    @Test
    void anythingElseSaysWhatIsExpected() {
        for (String text : new String[] {"10", "s", "-1s", "1.5s", "1 s", "99999999999s"}) {
            assertThatThrownBy(() -> durations.convert(text))
                    .isInstanceOf(TypeConversionException.class)
                    .hasMessageContaining("'" + text + "' is not a duration")
                    .hasMessageContaining("such as 10s");
        }
    }
}
