package io.weir.benchmarks.capture;

/**
 * One thing that was done, and that a tool should report.
 *
 * @param change what
 * @param path to what; no two operations of a workload have kind and path in common
 * @param at {@link System#nanoTime} just before
 */
record Operation(Change change, String path, long at) {}
