package io.weir.rules.index;

import io.weir.rules.Rule;

/**
 * A rule that comes to an anchor or leaves it.
 *
 * @param anchor where
 * @param rule compared by identity
 * @param put whether it comes
 */
record Edit(Anchor anchor, Rule rule, boolean put) {}
