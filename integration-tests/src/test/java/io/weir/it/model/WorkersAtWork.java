package io.weir.it.model;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which attempt is at work, one at a time, and where it stops to let others act. */
final class WorkersAtWork implements SimulatedVolume.Hands {
    private final Mutations mutations;
    private final Random random;
    private final double steadiness;
    private final Set<String> ended = new HashSet<>();
    private @Nullable Delivery acting;
    private @Nullable String repeated;
    private @Nullable Routine current;
    private @Nullable String action;

    WorkersAtWork(Mutations mutations, Random random) {
        this.mutations = mutations;
        this.random = random;
        this.steadiness = random.nextDouble();
    }

    @Override
    public void pause() {
        Routine at = current;
        if (at != null && random.nextDouble() >= steadiness) {
            String acting = action;
            at.pause();
            current = at;
            action = acting;
        }
    }

    @Override
    public String action() {
        Delivery delivery = acting;
        if (delivery != null && delivery.again) {
            repeated = action;
        }
        return String.valueOf(action);
    }

    @Override
    public boolean has(Mutation mutation) {
        return mutations.has(mutation);
    }

    /** Requires that nothing was done again by a worker that had ended it. */
    void requireOnce() {
        if (repeated != null) {
            throw new Violation("carried out again by a worker that had ended it: " + repeated);
        }
    }

    /** A worker goes on with its start. */
    void resume(Routine routine) {
        goOn(routine, null);
    }

    /** A worker goes on with an attempt. */
    void resume(Routine attempt, Delivery delivery) {
        acting = delivery;
        goOn(attempt, delivery.request().getId());
        acting = null;
    }

    private void goOn(Routine routine, @Nullable String acting) {
        current = routine;
        action = acting;
        try {
            routine.resume();
        } finally {
            current = null;
            action = null;
        }
    }

    /** The process of an attempt dies where it is. */
    void kill(Routine attempt, Delivery delivery) {
        current = attempt;
        action = delivery.request().getId();
        attempt.kill();
        current = null;
        action = null;
    }

    /** A worker has brought an action to its end. */
    void ended(int worker, String id) {
        ended.add(id);
        ended.add(worker + " " + id);
    }

    /** Whether some worker has brought it to its end. */
    boolean isEnded(String id) {
        return ended.contains(id);
    }

    /** Whether this one has. */
    boolean isEnded(int worker, String id) {
        return ended.contains(worker + " " + id);
    }
}
