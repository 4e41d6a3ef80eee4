package io.weir.agent.marks;

import io.weir.agent.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * An event that was taken for an action's own by nothing but the scope of a program.
 *
 * @param type of the event
 * @param place where the file is
 * @param previous moved: where it was
 */
public record ScopedEvent(String type, Place place, @Nullable Place previous) {
    /** As a note; the volume is that of the action. */
    String note() {
        String path = place.path();
        return type + " " + path.length() + " " + path + (previous == null ? "" : previous.path());
    }

    static ScopedEvent of(String note, String volume) {
        int afterType = note.indexOf(' ');
        int path = note.indexOf(' ', afterType + 1) + 1;
        int previous = path + Integer.parseInt(note.substring(afterType + 1, path - 1));
        return new ScopedEvent(
                note.substring(0, afterType),
                new Place(volume, note.substring(path, previous)),
                previous == note.length() ? null : new Place(volume, note.substring(previous)));
    }
}
