package io.weir.it.faults;

import java.time.Duration;
import java.util.List;

/**
 * Something that befalls the system.
 *
 * @param name for {@code --only} and the table
 * @param what happens, for people
 * @param outage whether changes may wait until it is over; then the time to recover counts from its end, else from its begin
 * @param lasts at least
 * @param says what the system is to say while it lasts
 * @param prepare what has to be done before
 * @param begin makes it happen
 * @param end undoes it
 */
record Fault(
        String name,
        String what,
        boolean outage,
        Duration lasts,
        List<Words> says,
        Step prepare,
        Step begin,
        Step end) {
    /** A part of it. */
    interface Step {
        Step NONE = () -> {};

        void run() throws Exception;
    }

    /** One that the system is to get over while it lasts. */
    static Fault survived(String name, String what, Step begin, Step end) {
        return new Fault(name, what, false, Duration.ZERO, List.of(), Step.NONE, begin, end);
    }

    /** One during which changes may wait. */
    static Fault outage(String name, String what, Step begin, Step end) {
        return new Fault(name, what, true, Duration.ZERO, List.of(), Step.NONE, begin, end);
    }

    Fault named(String other, String description) {
        return new Fault(other, description, outage, lasts, says, prepare, begin, end);
    }

    Fault lasting(Duration time) {
        return new Fault(name, what, outage, time, says, prepare, begin, end);
    }

    Fault saying(Words... words) {
        return new Fault(name, what, outage, lasts, List.of(words), prepare, begin, end);
    }

    Fault after(Step preparation) {
        return new Fault(name, what, outage, lasts, says, preparation, begin, end);
    }
}
