/** Whole chains, as a user runs them: {@code weir up} in a process of its own, real files, signals, kills. */
@NullMarked
package io.weir.it.e2e;

import org.jspecify.annotations.NullMarked;
