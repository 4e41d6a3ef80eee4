package io.weir.cli.rule.publish;

import java.time.Instant;

/**
 * A change of rules as it was published.
 *
 * @param applyId its id
 * @param offset of its manifest in {@code weir.rules}: the offset of every rule set that contains it
 * @param at when, by the broker's clock
 */
public record PublishedApply(String applyId, long offset, Instant at) {}
