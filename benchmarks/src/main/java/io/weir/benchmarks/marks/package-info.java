/** What marks cost: the worker that writes them, and the agent that reads them. */
@NullMarked
package io.weir.benchmarks.marks;

import org.jspecify.annotations.NullMarked;
