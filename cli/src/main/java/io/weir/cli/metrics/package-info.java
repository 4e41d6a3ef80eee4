/** What an agent has counted, for Prometheus, and whether it is healthy. Loaded only where a port is named. */
@NullMarked
package io.weir.cli.metrics;

import org.jspecify.annotations.NullMarked;
