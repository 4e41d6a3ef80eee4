package io.weir.agent.qumulo;

import io.weir.qumulo.client.Snapshot;
import io.weir.qumulo.client.rest.QumuloException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A snapshot that becomes the checkpoint when the stream has come so far. For the source's one thread. */
final class NextCheckpoint {
    /** Where the stream is with regard to it. */
    enum Passed {
        NOTHING,
        /** What is told from here on may not be in it. */
        BEFORE,
        /** What was told so far is in it. */
        AFTER
    }

    private record Taken(Snapshot snapshot, String before, String after, Optional<String> replaces) {}

    private final Checkpoints checkpoints;
    private final Positions positions;
    private @Nullable Taken taken;

    NextCheckpoint(Checkpoints checkpoints, Positions positions) {
        this.checkpoints = checkpoints;
        this.positions = positions;
    }

    /** @param replaces the checkpoint until then, to be deleted */
    Snapshot take(Inbox inbox, Optional<String> replaces) throws QumuloException {
        String before = positions.sendRead(inbox);
        Snapshot snapshot = checkpoints.take();
        taken = new Taken(snapshot, before, positions.send(inbox), replaces);
        return snapshot;
    }

    boolean isWaiting() {
        return taken != null;
    }

    /** The stream has ended before it became the checkpoint. */
    void drop() {
        if (taken != null) {
            checkpoints.delete(taken.snapshot().id());
            taken = null;
        }
    }

    /** A position has come back. */
    Passed reached(String position) {
        if (taken == null) {
            return Passed.NOTHING;
        }
        return position.equals(taken.before())
                ? Passed.BEFORE
                : position.equals(taken.after()) ? Passed.AFTER : Passed.NOTHING;
    }

    /** Its name, as long as it waits. */
    String id() {
        return taken == null ? "" : Long.toString(taken.snapshot().id());
    }

    /** It is the checkpoint now. */
    void isInForce() {
        Optional<String> old = taken == null ? Optional.empty() : taken.replaces();
        taken = null;
        old.filter(id -> id.matches("\\d+")).ifPresent(id -> checkpoints.delete(Long.parseLong(id)));
    }
}
