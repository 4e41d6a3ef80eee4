/**
 * Tests across modules, on a real broker, a real registry and real files. {@link io.weir.it.TestCluster} is the kit that
 * they share.
 */
@NullMarked
package io.weir.it;

import org.jspecify.annotations.NullMarked;
