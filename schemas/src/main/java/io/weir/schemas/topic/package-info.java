/** What lies in Kafka: topic names and settings, record keys, event ids, causation headers. One place for each. */
@NullMarked
package io.weir.schemas.topic;

import org.jspecify.annotations.NullMarked;
