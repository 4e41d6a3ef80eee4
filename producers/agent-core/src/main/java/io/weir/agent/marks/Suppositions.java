package io.weir.agent.marks;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was taken to be an action's doing without its worker having said so: it may turn out that somebody else did it.
 * Outlives the process, by notes. For one thread at a time.
 */
public final class Suppositions {
    private final Windows windows;
    private final ActionNotes notes;
    private final ScopedEvents scoped;

    Suppositions(Windows windows, ActionNotes notes) {
        this.windows = windows;
        this.notes = notes;
        this.scoped = new ScopedEvents(notes);
    }

    /** An event was taken for an action's own by scope alone: it may turn out that no program caused it. */
    public void tookByScope(ScopedEvent event) {
        windows.inWindows().stream()
                .filter(attempt -> attempt.inScope(event.place()))
                .map(attempt -> attempt.key().action())
                .distinct()
                .forEach(action -> scoped.add(action, event));
    }

    /**
     * What was taken for an action's own by scope, and no program says that it changed it; to be asked when the action is
     * over, before it is closed. Of a program that does not say what it changed, or whose outcome is not known, all in its
     * scope is its own. What another action may have caused that is not over is left to that.
     */
    public List<ScopedEvent> unreported(String action) {
        List<Attempt> of =
                windows.begun(action).stream().filter(Attempt::hasScope).toList();
        if (of.isEmpty()) {
            return List.of();
        }
        return scoped.settle(
                action, of.get(0).mark().volume(), place -> of.stream().anyMatch(a -> a.inScope(place)));
    }

    /** A file that is gone was taken to have been moved or deleted by an attempt. */
    void suppose(Attempt attempt, int effect, Place place, @Nullable FileStat last) {
        if (effect != AttemptPlaces.BY_SCOPE
                && !attempt.hasDone(attempt.mark().effects().get(effect))) {
            Attempt.Key key = attempt.key();
            notes.add(key.action(), SupposedDeparture.note(key.attempt(), effect, place, last));
        }
    }

    /**
     * Files that were taken to have been moved or deleted by the action, and none of its attempts says that it did so; to be
     * asked when the action is over, before it is closed.
     */
    public List<SupposedDeparture> unconfirmed(String action) {
        List<SupposedDeparture> unconfirmed = new ArrayList<>();
        List<Attempt> of = windows.begun(action);
        for (String note : notes.of(action)) {
            if (SupposedDeparture.isNote(note)) {
                SupposedDeparture.Noted noted = SupposedDeparture.Noted.of(note);
                of.stream()
                        .filter(attempt -> attempt.key().attempt() == noted.attempt())
                        .map(attempt -> attempt.mark().effects().get(noted.effect()))
                        .filter(effect -> of.stream().noneMatch(attempt -> attempt.hasDone(effect)))
                        .forEach(effect ->
                                unconfirmed.add(noted.departure(of.get(0).mark().volume(), effect)));
            }
        }
        return unconfirmed;
    }
}
