/**
 * The baseline: what the agent last knew of every file that it watches.
 *
 * <p>An {@link io.weir.agent.baseline.Entry} knows its parent and its name, so that renaming a directory of a million files
 * changes one row. What it holds of a file's state is not what was last seen but what was last <em>judged</em>: an action's
 * own change does not enter it before the comparison at the action's end mark.
 */
@NullMarked
package io.weir.agent.baseline;

import org.jspecify.annotations.NullMarked;
