package io.weir.worker.run;

import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.ActionContext.EarlierAttempt;
import io.weir.worker.ledger.LedgerEntry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the attempts before this one: from the ledger, and from marks on disk where another worker made them
 * or the ledger was lost.
 *
 * @param next the number of the next attempt
 * @param begin what the last attempt declared; empty if none began, or if its mark cannot be read
 * @param unknown whether the worker of that attempt neither finished nor ended it: its window is open, or the agent closed
 *     it
 * @param done what that worker's end mark says; empty without one
 */
record EarlierAttempts(int next, Optional<BeginMark> begin, boolean unknown, List<Effect> done) {
    static EarlierAttempts of(String actionId, Optional<LedgerEntry> entry, @Nullable ActionVolumes volumes)
            throws IOException {
        int first = entry.map(LedgerEntry::attempt).orElse(0) + 1;
        int next = volumes == null ? first : volumes.freeAttempt(actionId, first);
        if (volumes != null && next > first) {
            Optional<BeginMark> begin = volumes.begun(actionId, next - 1);
            // The agent's own only says that the attempt is dead, not what it did.
            Optional<EndMark> end = volumes.ended(actionId, next - 1).filter(mark -> mark.worker() != null);
            return new EarlierAttempts(
                    next, begin, end.isEmpty(), end.map(EndMark::done).orElse(List.of()));
        }
        if (entry.orElse(null) instanceof LedgerEntry.Begun begun) {
            return new EarlierAttempts(next, Optional.of(begun.begin()), !begun.ended(), List.of());
        }
        return new EarlierAttempts(next, Optional.empty(), false, List.of());
    }

    List<Effect> declared() {
        return begin.map(BeginMark::effects).orElse(List.of());
    }

    /** Those of these effects, with what is needed to reverse them. */
    List<Journalled> journal(List<Effect> holding) {
        return begin.map(BeginMark::journalled).orElse(List.of()).stream()
                .filter(entry -> holding.contains(entry.effect()) || !declared().contains(entry.effect()))
                .toList();
    }

    /** For the module: an attempt whose outcome cannot be told. */
    Optional<EarlierAttempt> outcomeUnknown() {
        return unknown ? Optional.of(new EarlierAttempt(next - 1, declared())) : Optional.empty();
    }

    /** Those declared effects that hold now. */
    List<Effect> holding(@Nullable ActionVolumes volumes) throws IOException {
        List<Effect> inPlace = volumes == null ? List.of() : volumes.inPlace(declared());
        return declared().stream()
                .filter(effect -> done.contains(effect) || inPlace.contains(effect))
                .toList();
    }
}
