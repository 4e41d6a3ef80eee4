/**
 * Judging past events again, with the judge of the filter itself, from plain consumers; nothing acts.
 *
 * <p>A {@link io.weir.filter.replay.ParallelReader} reads partitions in several threads, each record once, and gives those of
 * one partition to its {@link io.weir.filter.replay.PartitionTask}, in their order. {@code EventReplay} drives a {@link
 * io.weir.filter.Judge}, {@code ContributionReplay} an {@link io.weir.filter.AggregateJudge}; both from the oldest record
 * that is kept, so that at the beginning of the window asked for their state is what it was then. Which rules judge which
 * record is said by a {@link io.weir.filter.replay.RuleTimeline}: those that {@code weir.rules-in-force} recorded, or one
 * set.
 *
 * <p>{@link io.weir.filter.replay.Replay} brings what comes out into the order of log time. {@link
 * io.weir.filter.replay.verify.Verification} holds it against what is recorded, and {@link
 * io.weir.filter.replay.backtest.Backtest} sums it up. A task that has more than it can pass on is not read meanwhile, which
 * bounds the memory.
 */
@NullMarked
package io.weir.filter.replay;

import org.jspecify.annotations.NullMarked;
