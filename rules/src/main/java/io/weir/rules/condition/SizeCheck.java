package io.weir.rules.condition;

import io.weir.rules.EventView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file's size lies in one of some ranges. */
public final class SizeCheck implements ValueCheck {
    public static final String KEY = "size";

    private final SizeRange[] ranges;

    public SizeCheck(List<SizeRange> ranges) {
        this.ranges = ranges.toArray(SizeRange[]::new);
    }

    /** The least size that fits. */
    public long least() {
        long least = Long.MAX_VALUE;
        for (SizeRange range : ranges) {
            least = Math.min(least, range.from());
        }
        return least;
    }

    /** The least size that does not fit; {@code Long.MAX_VALUE} if there is none below. */
    public long leastOther() {
        long least = 0;
        for (int i = 0; i < ranges.length; i++) {
            // each round takes the next range that begins where the ones before end, whatever their order
            for (SizeRange range : ranges) {
                if (range.from() <= least && range.to() >= least) {
                    least = range.to() == Long.MAX_VALUE ? Long.MAX_VALUE : range.to() + 1;
                }
            }
        }
        return least;
    }

    @Override
    public boolean test(EventView event) {
        long size = event.size();
        if (size < 0) {
            return false;
        }
        for (SizeRange range : ranges) {
            if (size >= range.from() && size <= range.to()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String seen(EventView event) {
        return event.size() < 0 ? null : Long.toString(event.size());
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<String> values() {
        return List.of(ranges).stream().map(SizeRange::text).toList();
    }
}
