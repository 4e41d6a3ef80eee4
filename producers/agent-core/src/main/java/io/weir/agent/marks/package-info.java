/**
 * What an action of ours caused, told by marks in the source's own order of events.
 *
 * <p>A worker puts {@code <action>.<attempt>.begin} into the volume's marks directory before it touches a file, and
 * {@code .end} afterwards. The source delivers both in order with the file events, so:
 *
 * <ol>
 *   <li><b>Inside a window</b> (begin read, end not yet) an event is the action's own if it is of a declared aspect (place,
 *       attributes, content) on a declared path or file. Its state is not asked: it was read a moment later.
 *   <li><b>At the end mark</b>, once no attempt of the action is open, the file is compared field by field: declared fields
 *       with their declared values, all others with what was known. A field that fits neither, and whose value no other begun
 *       action declares, was changed by somebody else.
 *   <li><b>Outside windows</b> an event is foreign, unless it shows no news, or was queued when the state that was told last
 *       was read, or already shows what a begin mark on disk
 *       declares that has not come through the stream yet; then that window will tell.
 *   <li><b>An attempt whose process died</b> is ended by a mark that the agent writes itself, so that all that the dead did
 *       comes before it in the stream.
 *   <li><b>What a scan reveals</b> after a restart or an overflow is explained by every mark on disk: each field that differs
 *       has a declared value, each move is a declared one. So mark files stay until what they explain is in the spool. Paths
 *       are followed where directories were moved since ({@code Relocations}); that a file is gone by an action's doing its
 *       worker has to confirm ({@link io.weir.agent.marks.Suppositions}).
 *   <li><b>Each declared move explains</b> one event of the stream, and one that a scan reveals before ({@code PlaceUses}).
 *   <li><b>What is closed stays closed</b> though the process dies before the mark files are deleted ({@code ClosedMarks}).
 * </ol>
 *
 * <p>{@link io.weir.agent.marks.CausationJudge} holds the rule and does no input or output;
 * {@link io.weir.agent.marks.MarkFlow} moves mark files through it.
 */
@NullMarked
package io.weir.agent.marks;

import org.jspecify.annotations.NullMarked;
