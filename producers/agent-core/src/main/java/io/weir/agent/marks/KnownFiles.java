package io.weir.agent.marks;

import io.weir.agent.baseline.Baseline;
import io.weir.agent.baseline.Entry;
import io.weir.agent.source.Place;
import org.jspecify.annotations.Nullable;

/** Which file a mark means, by what the baseline has at the point of the stream where the mark came. */
public interface KnownFiles {
    /** Where there is no baseline: marks mean what their paths and file ids say. */
    KnownFiles NONE = new KnownFiles() {
        @Override
        public @Nullable Entry find(Place place, @Nullable String fileId) {
            return null;
        }

        @Override
        public @Nullable Place place(long id) {
            return null;
        }
    };

    /** The entry at a place, or else with the file id; null if neither is known. */
    @Nullable
    Entry find(Place place, @Nullable String fileId);

    /** Where an entry is now; null if there is none with this id. */
    @Nullable
    Place place(long id);

    /** By a baseline. */
    static KnownFiles of(Baseline baseline) {
        return new KnownFiles() {
            @Override
            public @Nullable Entry find(Place place, @Nullable String fileId) {
                Entry there = baseline.find(place).orElse(null);
                boolean fits = there != null
                        && (fileId == null
                                || (there.known() != null
                                        && there.known().fileId().equals(fileId)));
                if (fits || fileId == null) {
                    return there;
                }
                return baseline.byFileId(fileId).stream().findFirst().orElse(null);
            }

            @Override
            public @Nullable Place place(long id) {
                return baseline.find(id).map(baseline::place).orElse(null);
            }
        };
    }
}
