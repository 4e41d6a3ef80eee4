package io.weir.cli.search;

import io.weir.cli.instance.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Moments as people write them: {@code 2026-01-31T08:00:00Z}, or how long ago: {@code 2h}. */
public final class Moments implements ITypeConverter<Instant> {
    private final Clock clock;

    public Moments() {
        this(Clock.systemUTC());
    }

    Moments(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : clock.instant().minus(new Durations().convert(text));
        } catch (DateTimeException | TypeConversionException e) {
            throw new TypeConversionException("'" + text
                    + "' is not a moment; expected a date and time with its offset, such as 2026-01-31T08:00:00Z, or how"
                    + " long ago, such as 2h");
        }
    }
}
