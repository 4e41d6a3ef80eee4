/** Measurements, each started by its name through {@link io.weir.benchmarks.Main}. */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
