package io.weir.cli.trace;

import io.weir.cli.search.TimeRange;

/**
 * Where a chain begins.
 *
 * @param correlationId id of its first event
 * @param range in which its records lie
 */
record Origin(String correlationId, TimeRange range) {}
