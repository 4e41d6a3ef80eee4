/** The embedded broker over restarts, crashes and damaged directories. */
@NullMarked
package io.weir.it.embedded;

import org.jspecify.annotations.NullMarked;
