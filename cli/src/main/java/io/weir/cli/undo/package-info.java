/**
 * {@code weir undo}: asks the workers to reverse what actions did, each in the order of its file, last first. The commands
 * of the quarantine ask in the same way.
 */
@NullMarked
package io.weir.cli.undo;

import org.jspecify.annotations.NullMarked;
