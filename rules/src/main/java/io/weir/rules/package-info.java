/** The rule language: model, YAML parser, validation, index. Sees an event through {@link io.weir.rules.EventView}; no Kafka, no Avro. */
@NullMarked
package io.weir.rules;

import org.jspecify.annotations.NullMarked;
