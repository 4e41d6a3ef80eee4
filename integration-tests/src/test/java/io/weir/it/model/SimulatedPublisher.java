package io.weir.it.model;

import io.weir.agent.SpooledEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The spool and its way to the log. What was not acknowledged is sent again after a kill, or when a broker comes back. */
final class SimulatedPublisher {
    private final SimulatedFilter to;
    private final List<SpooledEvent> spool = new ArrayList<>();
    private int acknowledged;
    private int sent;

    SimulatedPublisher(SimulatedFilter to) {
        this.to = to;
    }

    void spool(SpooledEvent event) {
        spool.add(event);
    }

    boolean hasWork() {
        return sent < spool.size();
    }

    void step(Random random) {
        to.append(spool.get(sent++));
        if (random.nextInt(3) > 0) {
            acknowledged = sent;
        }
    }

    /** The connection, or the agent, is lost. */
    void sendAgain() {
        sent = acknowledged;
    }

    int size() {
        return spool.size();
    }
}
