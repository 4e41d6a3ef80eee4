package io.weir.filter.replay;

import io.weir.rules.Rule;
import io.weir.rules.trigger.Burst;
import io.weir.rules.trigger.Quiet;
import io.weir.rules.trigger.Together;
import io.weir.rules.trigger.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * From when on judging again starts from the state that there was. Where nothing has been deleted that is from the beginning;
 * else once all that rules may wait for, count or be suspended by has begun after the oldest record. What stays unknown is a
 * suspension that began before and has not ended.
 */
public final class Exactness {
    private Exactness() {}

    /** The first moment; empty: all of it. */
    public static Optional<Instant> from(LogWindow events, RuleTimeline timeline) {
        return events.wholeFrom().map(whole -> whole.plus(longest(timeline)));
    }

    private static Duration longest(RuleTimeline timeline) {
        return timeline.all().stream()
                .flatMap(inForce -> inForce.rules().set().rules().stream())
                .map(Exactness::longest)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration longest(Rule rule) {
        Duration waits = waits(rule.trigger());
        Duration suspended = rule.breaker().within();
        return waits.compareTo(suspended) > 0 ? waits : suspended;
    }

    private static Duration waits(Trigger trigger) {
        if (trigger instanceof Quiet quiet) {
            return quiet.length();
        } else if (trigger instanceof Burst burst) {
            return burst.within();
        }
        return trigger instanceof Together together ? together.within() : Duration.ZERO;
    }
}
