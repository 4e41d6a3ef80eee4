package io.weir.benchmarks.capture;

import java.util.Set;

/**
 * One thing that a tool said.
 *
 * @param changes what it may mean; several where the tool does not tell them apart
 * @param path absolute
 * @param at {@link System#nanoTime} when it was read
 */
record Report(Set<Change> changes, String path, long at) {}
