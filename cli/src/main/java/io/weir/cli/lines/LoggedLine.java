package io.weir.cli.lines;

import java.time.Instant;

/**
 * A line of what lies in a topic.
 *
 * @param time the log's
 */
public record LoggedLine(Line line, Instant time, String topic, int partition, long offset) {}
