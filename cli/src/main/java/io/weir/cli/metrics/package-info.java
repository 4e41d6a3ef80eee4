/** What the parts of this process have counted, for Prometheus, and how they are. Loaded only where a port is named. */
@NullMarked
package io.weir.cli.metrics;

import org.jspecify.annotations.NullMarked;
