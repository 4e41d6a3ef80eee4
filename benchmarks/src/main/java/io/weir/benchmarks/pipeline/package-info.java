/**
 * Measurements of the whole chain: real files, and {@code weir up} as a process of its own, with the flags of its launcher.
 *
 * <p>What is timed is what a user sees: from just before a file is closed after writing until the file's name appears in
 * the directory where the action puts it. Both ends are taken by one clock in this process. The arrival is seen by the
 * JDK's {@code WatchService} (inotify on Linux, blocking, no polling); how late that itself is, is measured first with
 * renames made here, printed, and not subtracted.
 */
@NullMarked
package io.weir.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
