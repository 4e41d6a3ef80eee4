/**
 * How requests come from Kafka and results go back.
 *
 * <p>One consumer for each action topic, each with its own thread, which only polls, hands out and commits. Requests about
 * one file form a lane and are worked off in order; lanes share a pool of threads, and a lane that waits for its next
 * attempt holds none. What is in flight is bounded: beyond that the consumer pauses its partitions. An offset counts as
 * done when the result of its action is acknowledged, and only what is done without a hole is committed. A partition that
 * is taken away is given up first: what has not begun is left to the next owner, what runs is joined.
 *
 * <p>Requests that are gathered have a topic and a consumer of their own ({@link io.weir.worker.delivery.DigestConsumer}):
 * those of one rule are in one partition, whose offset stays where the oldest digest begins that is not carried out.
 */
@NullMarked
package io.weir.worker.delivery;

import org.jspecify.annotations.NullMarked;
