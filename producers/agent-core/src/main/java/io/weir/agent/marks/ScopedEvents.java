package io.weir.agent.marks;

import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Events that were taken for an action's own by scope alone, for each action that may have caused them, until its program has
 * said what it changed. For one thread at a time.
 */
final class ScopedEvents {
    /** Of a program that changes more, all in its scope counts as its own, whatever it says. */
    private static final int MOST = 10_000;

    private final ActionNotes notes;

    ScopedEvents(ActionNotes notes) {
        this.notes = notes;
    }

    void add(String action, ScopedEvent event) {
        if (notes.size(action) <= MOST) {
            notes.add(action, event.note());
        }
    }

    /**
     * An action is over: what it explains, no other action has to; what it does not and no other may, is given, in the order
     * in which it came.
     *
     * @param explains whether it says that it changed what is at a place
     */
    List<ScopedEvent> settle(String action, String volume, Predicate<Place> explains) {
        boolean tooMany = notes.size(action) > MOST;
        List<ScopedEvent> unexplained = new ArrayList<>();
        for (String note : notes.of(action)) {
            if (Relocations.isNote(note) || SupposedDeparture.isNote(note)) {
                continue;
            }
            ScopedEvent event = ScopedEvent.of(note, volume);
            if (tooMany || explains.test(event.place())) {
                notes.removeEverywhere(note);
            } else {
                notes.remove(action, note);
                if (!notes.containsAny(note)) {
                    unexplained.add(event);
                }
            }
        }
        return unexplained;
    }
}
