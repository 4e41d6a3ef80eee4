/** Capture of file-system changes by {@code weir watch}, side by side with other tools. */
@NullMarked
package io.weir.benchmarks.capture;

import org.jspecify.annotations.NullMarked;
