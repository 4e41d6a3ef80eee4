/** The filter on a real broker and registry: restarts, kills, rule changes under load, lost offsets. */
@NullMarked
package io.weir.it.filter;

import org.jspecify.annotations.NullMarked;
