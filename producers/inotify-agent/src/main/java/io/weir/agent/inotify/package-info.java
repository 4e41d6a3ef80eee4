/**
 * The agent for local directories of a Linux host.
 *
 * <p><b>One descriptor, three threads.</b> A reader only empties the kernel's queue into a bounded hand-over
 * ({@link io.weir.agent.inotify.Capture}). The processor does all else, one small step at a time
 * ({@link io.weir.agent.inotify.Session}): it takes an event, or looks at a directory, or tells what it has found.
 * What it tells goes to the sink in batches on a third thread, so that looking and recording go on side by side
 * ({@link io.weir.agent.inotify.HandOver}). While many new directories are looked at, a fourth thread reads half of them; the
 * processor waits for it before it goes on ({@link io.weir.agent.inotify.ReadAhead}).
 *
 * <p><b>The queue is the truth, a scan is a look ahead.</b> A directory is first watched, then listed. What the listing
 * shows may be ahead of the events that are still in the queue, so nothing found is told at once. It waits in a
 * {@link io.weir.agent.inotify.Listing} until all events queued up to the listing's end have been handled (the kernel
 * queues the events of directory entries under the lock that listing takes, so emptying the queue right after the listing
 * is proof). Meanwhile, for each name, the first event decides:
 *
 * <ul>
 *   <li>created or moved to: it was not there when the watch was set; the event tells it, the listing does not;
 *   <li>any other: it was there; it is told as found, then the event;
 *   <li>none: it is told as found.
 * </ul>
 *
 * So each entry is told exactly once, and in an order in which the tree did evolve. Directories found are watched and
 * listed at once, deepest first, before further events are handled.
 *
 * <p><b>The tree is as of the last event handled; the disk is ahead.</b> A path taken from the tree may lead nowhere, or to
 * another directory. So an opened directory is compared with what its parent's listing showed, and looked at again when the
 * tree has come to the time of the opening: only if the node is then at the path that was opened is it the right one.
 * Nothing has been told of it before. Where something does not fit, the step is put off until the queue has been handled
 * that far. For the same reason the file of a change is read in its directory by inode, and what is not found there waits
 * for the events already queued. Under constant change that would be for ever: after some tries the change is told without
 * its file. If no event says that the file left, a directory above it had moved on; then it is read once the tree is where
 * the disk is ({@link io.weir.agent.inotify.LateReadings}). Which directory a node stands for is known by its inode, so no
 * other that has its name by then is read for it.
 *
 * <p>A file found in a newly created directory may have been closed before the watch was set. Whether a writer still has it
 * open is asked when it is listed ({@link io.weir.posix.Writers}); if not, and no closing is in the queue, a
 * {@code written} is told behind it. Where it may not be asked, and of an empty file,
 * which who made it may just be about to open, it is told that this is unknown.
 *
 * <p><b>Overflow</b>, of the kernel's queue or of the hand-over, ends the session: gaps are told, and a new descriptor, a
 * new tree and a repair scan of all roots begin, after a pause that grows when overflows come often. Nothing of the old tree
 * is trusted, so no event gets a wrong path.
 */
@NullMarked
package io.weir.agent.inotify;

import org.jspecify.annotations.NullMarked;
