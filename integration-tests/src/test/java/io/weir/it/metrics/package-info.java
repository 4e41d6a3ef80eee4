/** What a running system measures, and that dashboard and alerts ask for nothing else. */
@NullMarked
package io.weir.it.metrics;

import org.jspecify.annotations.NullMarked;
