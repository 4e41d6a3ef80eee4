/** Events to Kafka. */
@NullMarked
package io.weir.agent.publish;

import org.jspecify.annotations.NullMarked;
