package io.weir.agent.marks;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import org.jspecify.annotations.Nullable;

/**
 * The file that an event is about, as far as it is known.
 *
 * @param entry id in the baseline, 0 if it is not there
 * @param fileId empty if not known
 */
public record Subject(Place place, long entry, String fileId) {
    /** From what the baseline has, or else from what was read. */
    public static Subject of(Place place, @Nullable Entry entry, @Nullable FileStat now) {
        FileStat known = entry == null || entry.known() == null ? now : entry.known();
        return new Subject(place, entry == null ? 0 : entry.id(), known == null ? "" : known.fileId());
    }
}
