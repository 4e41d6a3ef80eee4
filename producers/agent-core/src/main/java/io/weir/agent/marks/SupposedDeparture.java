package io.weir.agent.marks;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.Effect;
import org.jspecify.annotations.Nullable;

/**
 * A file was found to be gone, and taken to have been moved or deleted by an attempt that was still under way, as its mark
 * declares. It may turn out that it did not.
 *
 * @param place where the file was
 * @param last its state as last known; null if it could never be read
 * @param to where it was to be moved; null if it was to be deleted
 */
public record SupposedDeparture(Place place, @Nullable FileStat last, @Nullable Place to) {
    private static final String NOTE = "gone";

    /** As a note on an effect of an attempt. */
    static String note(int attempt, int effect, Place place, @Nullable FileStat last) {
        String state = last == null ? "-" : NotedState.of(last);
        return String.join(" ", NOTE, Integer.toString(attempt), Integer.toString(effect), state, place.path());
    }

    static boolean isNote(String note) {
        return note.startsWith(NOTE + " ");
    }

    /** What was noted. */
    record Noted(int attempt, int effect, String state, String path) {
        static Noted of(String note) {
            String[] parts = note.split(" ", 5);
            return new Noted(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3], parts[4]);
        }

        SupposedDeparture departure(String volume, Effect declared) {
            @Nullable FileStat last = state.equals("-") ? null : NotedState.read(state);
            @Nullable String to = Effects.to(declared);
            return new SupposedDeparture(new Place(volume, path), last, to == null ? null : new Place(volume, to));
        }
    }
}
