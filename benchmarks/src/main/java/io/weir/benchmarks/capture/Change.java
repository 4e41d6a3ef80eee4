package io.weir.benchmarks.capture;

/** Kinds of change that all tools tell apart in one way or another. */
enum Change {
    CREATED,
    WRITTEN,
    ATTRIBUTES,
    MOVED_FROM,
    MOVED_TO,
    DELETED
}
