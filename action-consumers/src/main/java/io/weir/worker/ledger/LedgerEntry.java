package io.weir.worker.ledger;

import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.BeginMark;
import java.util.Optional;

/** What the ledger knows of one action. */
public sealed interface LedgerEntry {
    /** The number of the last attempt that began, from 1; 0 if none did. */
    int attempt();

    /**
     * The last attempt began and is not finished.
     *
     * @param begin what it declared
     * @param ended whether it was given up by a living process, which wrote its end mark; else its outcome is unknown
     */
    record Begun(BeginMark begin, boolean ended) implements LedgerEntry {
        @Override
        public int attempt() {
            return begin.attempt();
        }
    }

    /**
     * The action is over.
     *
     * @param result to report
     * @param reported whether the result is known to be in Kafka
     * @param begin what the last attempt declared; empty if none began
     */
    record Finished(ActionResult result, boolean reported, Optional<BeginMark> begin) implements LedgerEntry {
        @Override
        public int attempt() {
            return result.getAttempt();
        }
    }
}
