package io.weir.rules.condition;

import io.weir.rules.EventView;
import io.weir.rules.text.Durations;
import io.weir.rules.text.PathParts;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A number that an event has, and how rules write it. */
public enum Quantity {
    /** Bytes. */
    SIZE("expected a size such as '>= 10 MiB', '< 4 kB', '0' or '1 MiB..10 MiB' (both ends included)") {
        @Override
        public long of(EventView event) {
            return event.size();
        }

        @Override
        Amount parse(String text, String whole) {
            return Sizes.parse(text, whole);
        }
    },
    /** How many names the path has: 1 for what lies in the volume's root. */
    DEPTH("expected a number of path segments such as '3', '> 5' or '2..4' (both ends included)") {
        @Override
        public long of(EventView event) {
            return PathParts.depth(event.path());
        }

        @Override
        Amount parse(String text, String whole) {
            String number = text.strip();
            if (!number.matches("[0-9]{1,6}")) {
                throw fault(whole, expected());
            }
            return new Amount(Integer.parseInt(number), Integer.toString(Integer.parseInt(number)));
        }
    },
    /** Whole seconds from the file's last modification to the event; a time of modification in the future counts as 0. */
    AGE("expected an age such as '> 30d', '< 1h' or '1d..7d' (both ends included)") {
        @Override
        public long of(EventView event) {
            long mtime = event.mtimeNanos();
            return mtime < 0 ? -1 : Math.max(0, (event.observedAtMicros() - mtime / 1_000) / 1_000_000);
        }

        @Override
        Amount parse(String text, String whole) {
            try {
                Duration age = Durations.parse(text);
                return new Amount(age.toSeconds(), Durations.text(age));
            } catch (IllegalArgumentException e) {
                throw fault(whole, expected());
            }
        }

        @Override
        public @Nullable String seen(EventView event) {
            long seconds = of(event);
            return seconds < 0 ? null : Durations.text(Duration.ofSeconds(seconds));
        }
    };

    private final String expected;

    Quantity(String expected) {
        this.expected = expected;
    }

    /** The key in the rule language. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The event's; -1 if it has none. */
    public abstract long of(EventView event);

    /** The event's as people read it; null if it has none. */
    public @Nullable String seen(EventView event) {
        long value = of(event);
        return value < 0 ? null : Long.toString(value);
    }

    abstract Amount parse(String text, String whole);

    String expected() {
        return expected;
    }

    IllegalArgumentException fault(String text, String why) {
        return new IllegalArgumentException("bad " + key() + " '" + text + "': " + why);
    }

    /**
     * A number with its unit.
     *
     * @param value at least 0
     * @param text in canonical form
     */
    record Amount(long value, String text) {}
}
