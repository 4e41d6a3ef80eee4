package io.weir.filter.replay;

import io.weir.filter.ActiveRules;
import io.weir.filter.RegisteredVolumes;

/**
 * What a record is judged under.
 *
 * @param rules the whole set
 * @param volumes those that have a topic for their actions
 */
public record InForce(ActiveRules rules, RegisteredVolumes volumes) {
    /** Before the first rule. */
    public static final InForce NONE = new InForce(ActiveRules.NONE, RegisteredVolumes.NONE);
}
