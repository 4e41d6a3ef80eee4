package io.weir.cli.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MomentsTest {
    private final Moments moments = new Moments(Clock.fixed(Instant.parse("2026-01-31T08:00:00Z"), ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource({
        "2026-01-30T08:00:00Z, 2026-01-30T08:00:00Z",
        "2026-01-30T08:00:00.123+02:00, 2026-01-30T06:00:00.123Z",
        "2h, 2026-01-31T06:00:00Z",
        "1d, 2026-01-30T08:00:00Z",
        "0, 2026-01-31T08:00:00Z"
    })
    void momentsAreDatesOrHowLongAgo(String text, Instant expected) {
        assertThat(moments.convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-30", "2026-01-30T08:00:00", "2026-13-30T08:00:00Z", "-2h"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> moments.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a moment; expected a date and time with its offset, such as"
                        + " 2026-01-31T08:00:00Z, or how long ago, such as 2h");
    }

    @Test
    void aRangeBeginsAtTheLaterOfTwoMoments() {
        Instant early = Instant.parse("2026-01-30T08:00:00Z");
        TimeRange since = TimeRange.ALL.from(early);

        assertThat(since.from(early.plusSeconds(1)).since()).contains(early.plusSeconds(1));
        assertThat(since.from(early.minusSeconds(1)).since()).contains(early);
        assertThat(TimeRange.ALL.isBounded()).isFalse();
        assertThat(since.isBounded()).isTrue();
    }
}
