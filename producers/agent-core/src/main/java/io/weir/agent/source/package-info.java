/**
 * The seam between a source of file events (inotify, Qumulo) and what all agents share.
 *
 * <p>A source only observes: it tells, in its own order of events, what it saw ({@link io.weir.agent.source.Observation}).
 * The core owns the baseline and decides what is news, what a repair reveals, what an action of ours caused, and what is
 * published.
 */
@NullMarked
package io.weir.agent.source;

import org.jspecify.annotations.NullMarked;
