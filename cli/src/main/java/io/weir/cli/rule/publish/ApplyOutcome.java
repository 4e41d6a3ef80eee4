package io.weir.cli.rule.publish;

import io.weir.schemas.RuleStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What the running filters made of an apply.
 *
 * @param taken the filters that have it
 * @param missing the running filters that do not, with how long ago each was heard of
 * @param rejections of its rules that do not compile in a filter, one for each rule
 * @param refused the apply as a whole, if a filter refused it
 */
record ApplyOutcome(
        SortedSet<String> taken,
        SortedMap<String, Duration> missing,
        Collection<RuleStatus> rejections,
        Optional<RuleStatus> refused) {
    ApplyOutcome {
        rejections = List.copyOf(rejections);
    }

    /** Whether no filter runs. */
    boolean isUnheard() {
        return taken.isEmpty() && missing.isEmpty() && refused.isEmpty();
    }

    /** Whether all running filters have taken all of it, and at least one runs. */
    boolean isAccepted() {
        return !taken.isEmpty() && missing.isEmpty() && rejections.isEmpty() && refused.isEmpty();
    }
}
