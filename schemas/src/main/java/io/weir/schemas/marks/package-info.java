/**
 * Marks: the begin and end of an action's attempt, put as files into a directory that the volume's agent watches
 * through the very stream that delivers the file events. The worker writes them, the agent reads them.
 *
 * <p>A mark is written under a temporary name beginning with {@code .} and renamed to {@code <action-id>.<attempt>.begin}
 * or {@code .end}, so that it is complete when the agent reads of it. Paths in marks are absolute within the volume, in the
 * reversible text form (lone surrogates for bytes that are not UTF-8); the JSON is pure ASCII and keeps those.
 */
@NullMarked
package io.weir.schemas.marks;

import org.jspecify.annotations.NullMarked;
