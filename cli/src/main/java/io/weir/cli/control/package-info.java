/** {@code weir stop} and {@code weir resume}: the emergency brake of all workers. */
@NullMarked
package io.weir.cli.control;

import org.jspecify.annotations.NullMarked;
