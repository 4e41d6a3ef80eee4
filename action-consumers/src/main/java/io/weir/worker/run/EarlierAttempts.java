package io.weir.worker.run;

import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.ActionContext.EarlierAttempt;
import io.weir.worker.files.DeclaredEffects;
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
    static EarlierAttempts of(String actionId, Optional<LedgerEntry> entry, @Nullable MarkFiles marks)
            throws IOException {
        int first = entry.map(LedgerEntry::attempt).orElse(0) + 1;
        int next = marks == null ? first : marks.freeAttempt(actionId, first);
        if (marks != null && next > first) {
            Optional<BeginMark> begin = marks.begun(actionId, next - 1);
            // The agent's own only says that the attempt is dead, not what it did.
            Optional<EndMark> end = marks.ended(actionId, next - 1).filter(mark -> mark.worker() != null);
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
    List<Effect> holding(@Nullable ServedVolume volume) throws IOException {
        List<Effect> inPlace = volume == null ? List.of() : DeclaredEffects.inPlace(volume.files(), declared());
        return declared().stream()
                .filter(effect -> done.contains(effect) || inPlace.contains(effect))
                .toList();
    }
}
