/**
 * What a person or a program sees of a running system, as lines: an event, a match, an action, what was suppressed, a gap, a
 * rule that took effect, an error.
 *
 * <p>A {@link io.weir.cli.lines.Line} is a value; {@link io.weir.cli.lines.HumanFormat} and {@link
 * io.weir.cli.lines.JsonFormat} write it; {@link io.weir.cli.lines.TopicTail} reads lines from the topics, so that what is
 * shown is what was committed, not what a part believes that it did.
 */
@NullMarked
package io.weir.cli.lines;

import org.jspecify.annotations.NullMarked;
