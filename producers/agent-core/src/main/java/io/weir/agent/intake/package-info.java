/**
 * Decides what is news.
 *
 * <p>{@link io.weir.agent.intake.Intake} takes observations one by one and hands what is to be published to an
 * {@link io.weir.agent.intake.Outbox}:
 *
 * <ul>
 *   <li>{@code PlaceChanges}: files come and move; {@code Departures}: they go. Merged only where a scan has told of it before
 *       the stream did.
 *   <li>{@code StateChanges}: attributes and content. Merged where they show no news; runs of {@code modified} become one
 *       event.
 *   <li>{@code Scans}: the tree against the baseline, at start, after a gap, and in new directories. {@code DuringScans}: what
 *       the stream tells meanwhile. {@code Destinations}: where something went that a scan under way is still to come upon.
 *   <li>{@code PendingEvents}: events that are due a little later, unless another event of the file overtakes them.
 * </ul>
 *
 * <p>Each asks the {@link io.weir.agent.marks.CausationJudge} first whether an action of ours did it. An action's own event is
 * published with its causation; the baseline then keeps the state of before, until the action's end mark has been compared.
 *
 * <p><b>Exactly one {@code created} or {@code moved-in} for each new entry</b>, whether the stream or a scan comes upon it
 * first: an event about a file that only a scan can explain makes the intake tell first what the scan would tell; and a
 * directory of which only an entry was told ({@code Flag.IMPLIED}) is still to be told itself.
 *
 * <p><b>What the baseline has is old until a comparison has come upon it, what is read is late.</b> An event of the stream
 * says what happened to the file that was there at its time; the file read for it may have come later. So what is read never
 * says that a file which the stream follows has moved: of that the stream tells. And of a file that a comparison has not come
 * upon, or another that is surely not that file, what the comparison would tell is told with its first event.
 *
 * <p><b>Why a file found after a gap is told as {@code written} a moment later.</b> It may have been closed before anybody
 * watched, so that no {@code written} would ever come for it; or it may still be written, and then one comes. So the event
 * is put off for a quarter of a second without events of that file, and dropped if a real one comes. In a new directory
 * the source can tell ({@link io.weir.agent.source.Observation.Found}).
 */
@NullMarked
package io.weir.agent.intake;

import org.jspecify.annotations.NullMarked;
