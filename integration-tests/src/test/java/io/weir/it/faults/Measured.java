package io.weir.it.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one fault came to.
 *
 * @param said by the system while it lasted
 * @param recovered how long after its begin, or its end if it is an outage, the last answer came that was late; empty if
 *     none was late
 * @param longest that a change had to wait for its answer
 */
record Measured(Fault fault, List<String> said, Optional<Duration> recovered, Duration longest) {
    @Override
    public String toString() {
        return fault.name() + ": "
                + recovered.map(time -> "recovered after " + seconds(time)).orElse("nothing was late")
                + ", longest wait "
                + seconds(longest) + "; said: " + said;
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
