package io.weir.filter;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code weir.file-events} as it was read.
 *
 * @param key UTF-8 text
 * @param value Avro in Confluent's wire format
 * @param headers not changed by the judge
 * @param timestamp log time, milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as Kafka hands them over; entries are never compared
public record Entry(byte @Nullable [] key, byte @Nullable [] value, Headers headers, long timestamp) {}
