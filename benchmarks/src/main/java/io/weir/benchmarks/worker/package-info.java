/** What workers carry out in a second. */
@NullMarked
package io.weir.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
