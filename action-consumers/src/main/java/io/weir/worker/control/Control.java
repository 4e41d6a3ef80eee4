package io.weir.worker.control;

import io.weir.schemas.ControlState;
import java.io.IOException;
import java.util.Optional;

/** The emergency brake as a worker sees it. Safe for all threads. */
public interface Control {
    /** Nothing is ever stopped, and nothing can be. */
    Control NONE = new Control() {
        @Override
        public Optional<String> holding(String volume, String rule) {
            return Optional.empty();
        }

        @Override
        public void stop(ControlState state) throws IOException {
            throw new IOException("there is no control topic here");
        }
    };

    /**
     * Why an action must not change anything now; empty if it may. Costs next to nothing, and holds for the moment only: it
     * is asked immediately before each change.
     */
    Optional<String> holding(String volume, String rule);

    /**
     * Puts a stop in force, for all workers. Returns when Kafka has it.
     *
     * @throws IOException if Kafka does not take it
     */
    void stop(ControlState state) throws IOException, InterruptedException;
}
