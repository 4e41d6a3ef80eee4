package io.weir.worker.run;

import io.weir.worker.control.Control;
import io.weir.worker.settings.WorkerSettings;
import java.time.Clock;

/**
 * What attempts are made under.
 *
 * @param settings what the worker allows
 * @param control what is stopped
 * @param dryRun whether all attempts only tell what they would do
 * @param observer told of each checkpoint
 */
public record Surroundings(
        WorkerSettings settings, Control control, boolean dryRun, Clock clock, Checkpoint.Observer observer) {
    /** Of a worker that nobody stops, by the system's clock. */
    public static Surroundings of(WorkerSettings settings) {
        return new Surroundings(settings, Control.NONE, false, Clock.systemUTC(), Checkpoint.Observer.NONE);
    }

    /** These, with another observer. */
    public Surroundings observedBy(Checkpoint.Observer changed) {
        return new Surroundings(settings, control, dryRun, clock, changed);
    }
}
