/**
 * Rules that provoke each other: from what actions may change, and what paths rules may be about, a graph of rules, searched
 * for cycles when rules are checked and applied. Paths are compared exactly, as regular languages; all other values may be
 * anything. So it finds cycles that never happen, but misses none.
 */
@NullMarked
package io.weir.rules.cycle;

import org.jspecify.annotations.NullMarked;
