/**
 * What all agents share: sequence numbers, spool, baseline, marks, publishing, status.
 *
 * <p>An {@link io.weir.agent.source.EventSource} tells what it saw; {@link io.weir.agent.AgentCore} decides what of it is
 * news, what actions of ours caused, and what a repair reveals; gives each event its id; and writes spool and baseline in
 * one transaction. A delivery thread hands the spool to an {@link io.weir.agent.EventOutlet} and deletes what is
 * acknowledged.
 */
@NullMarked
package io.weir.agent;

import org.jspecify.annotations.NullMarked;
