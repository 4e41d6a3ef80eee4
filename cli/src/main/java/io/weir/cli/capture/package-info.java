/**
 * {@code weir watch} and {@code weir agent}: one set of options and one agent; the first prints what it sees, the second
 * publishes it.
 */
@NullMarked
package io.weir.cli.capture;

import org.jspecify.annotations.NullMarked;
