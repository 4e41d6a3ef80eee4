package io.weir.rules.condition;

import io.weir.rules.EventView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number of the event lies in one of some ranges. */
public final class RangeCheck implements ValueCheck {
    private final Quantity quantity;
    private final Range[] ranges;

    public RangeCheck(Quantity quantity, List<Range> ranges) {
        this.quantity = quantity;
        this.ranges = ranges.toArray(Range[]::new);
    }

    public Quantity quantity() {
        return quantity;
    }

    /** The least number that fits. */
    public long least() {
        long least = Long.MAX_VALUE;
        for (Range range : ranges) {
            least = Math.min(least, range.from());
        }
        return least;
    }

    /** The least number that does not fit; {@code Long.MAX_VALUE} if there is none below. */
    public long leastOther() {
        long least = 0;
        for (int i = 0; i < ranges.length; i++) {
            // each round takes the next range that begins where the ones before end, whatever their order
            for (Range range : ranges) {
                if (range.from() <= least && range.to() >= least) {
                    least = range.to() == Long.MAX_VALUE ? Long.MAX_VALUE : range.to() + 1;
                }
            }
        }
        return least;
    }

    @Override
    public boolean test(EventView event) {
        long value = quantity.of(event);
        if (value < 0) {
            return false;
        }
        for (Range range : ranges) {
            if (value >= range.from() && value <= range.to()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable String seen(EventView event) {
        return quantity.seen(event);
    }

    @Override
    public String key() {
        return quantity.key();
    }

    @Override
    public List<String> values() {
        return List.of(ranges).stream().map(Range::text).toList();
    }
}
