package io.weir.worker.delivery;

import io.weir.schemas.ActionResult;
import io.weir.schemas.topic.Errand;
import io.weir.worker.Outcome;
import io.weir.worker.action.Purge;
import io.weir.worker.action.Undo;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code weir.quarantine} has: by action id, the results of those actions whose files are still in quarantine. */
final class QuarantineIndex {
    private static final Set<String> PUT = Set.of("quarantine", "delete");
    private static final Set<String> TAKE = Set.of(Undo.NAME, Purge.NAME);
    private static final Set<String> GONE = Set.of(Outcome.DONE.word(), Outcome.NOTHING_TO_DO.word());

    private QuarantineIndex() {}

    /**
     * An entry.
     *
     * @param result null: it is there no more
     */
    record Change(String actionId, @Nullable ActionResult result) {}

    /** What a result changes there. */
    static Optional<Change> of(ActionResult result) {
        if (PUT.contains(result.getAction())
                && result.getOutcome().equals(Outcome.DONE.word())
                && result.getEffects().stream()
                        .anyMatch(effect -> effect.getKind().equals("move"))
                && !deletesWhatItMoved(result)) {
            return Optional.of(new Change(result.getActionId(), result));
        }
        boolean taken = TAKE.contains(result.getAction()) && GONE.contains(result.getOutcome());
        return taken ? Optional.of(new Change(Errand.about(result.getActionId()), null)) : Optional.empty();
    }

    /** As delete does, where nothing is kept. */
    private static boolean deletesWhatItMoved(ActionResult result) {
        return result.getEffects().stream()
                .filter(effect -> effect.getKind().equals("delete"))
                .anyMatch(delete -> result.getEffects().stream()
                        .anyMatch(move -> delete.getPath().equals(move.getTarget())));
    }
}
