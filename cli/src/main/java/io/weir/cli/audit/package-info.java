/**
 * What the log is kept for: {@code weir replay} judges past events again, {@code weir audit verify} proves that the recorded
 * decisions are what follows from them, {@code weir rules backtest} tries rules on them, and {@code weir why} tells the story
 * of a file. The work is done by {@code io.weir.filter.replay}; here are the commands, and how results are shown.
 */
@NullMarked
package io.weir.cli.audit;

import org.jspecify.annotations.NullMarked;
