/** How a component reaches Kafka and the schema registry: one record, from which all client configurations are made. */
@NullMarked
package io.weir.schemas.connect;

import org.jspecify.annotations.NullMarked;
