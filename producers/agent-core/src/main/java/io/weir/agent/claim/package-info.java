/**
 * One agent of record for each subtree of a volume.
 *
 * <p>Agents claim through the log {@code weir.components}: one partition, and the broker's time, so that all who read it read
 * the same, in one order. No agent's clock is asked. What holds follows from the log alone ({@code Holders}):
 *
 * <ul>
 *   <li>A record with step {@code attempt} succeeds if no other agent that reports on an overlapping subtree, or has the same
 *       id, is of record at that place of the log. Who writes one reads the log up to it and knows.
 *   <li>An agent of record stays it for its lease (15 s), counted in the log's time from its last record; it writes one every
 *       5 s. A record with step {@code released} ends it. After that another's attempt succeeds.
 *   <li>A process with the same id and the same epoch has the same data directory, and that is locked by one process at a
 *       time. So the former is dead, and the attempt succeeds at once.
 *   <li>Records of an agent of record repeat the offset of its attempt, and the log's time of its record before. So
 *       compaction takes nothing away: of two that conflict the later attempt is the one that holds, since it could only
 *       succeed when the earlier was over; and a record that renews a lease which was over counts for nothing.
 * </ul>
 *
 * <p>{@code Claim} is the protocol around that: it attempts, waits, is refused or stands by, tells signs of life, and where
 * those were not acknowledged for long attempts anew before anything more is delivered.
 */
@NullMarked
package io.weir.agent.claim;

import org.jspecify.annotations.NullMarked;
