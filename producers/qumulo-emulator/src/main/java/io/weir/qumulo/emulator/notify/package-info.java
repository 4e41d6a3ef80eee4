/**
 * Change Notify: watchers, their bounded queues, and the stream of each.
 *
 * <p>The tree hands each action's notifications to {@link io.weir.qumulo.emulator.notify.Watchers}, under its own lock. Each
 * watcher takes what it asked for into its queue, or, if that is full, takes nothing more and has missed events. The thread
 * of its connection ({@link io.weir.qumulo.emulator.notify.NotifyStream}) writes what waits there: text is made outside the
 * tree's lock, and many lines go into one chunk when many wait.
 */
@NullMarked
package io.weir.qumulo.emulator.notify;

import org.jspecify.annotations.NullMarked;
