/** The worker on a real broker, registry and real files: order, backpressure, bad records, kills, rebalances. */
@NullMarked
package io.weir.it.worker;

import org.jspecify.annotations.NullMarked;
