/**
 * Tries rules on past events: how often they would have acted, on what, and what differs from the rules in force.
 *
 * <p>Both judge each event of the window, in parallel over partitions, as if they had been published at its beginning. Hits
 * are counted for each partition by itself, in bounded memory, and added up at the end.
 */
@NullMarked
package io.weir.filter.replay.backtest;

import org.jspecify.annotations.NullMarked;
