/**
 * The connector to Qumulo clusters: what it is to watch, and the checks before work begins. How a cluster is reached is the
 * business of {@link io.weir.qumulo.client}.
 */
@NullMarked
package io.weir.agent.qumulo;

import org.jspecify.annotations.NullMarked;
