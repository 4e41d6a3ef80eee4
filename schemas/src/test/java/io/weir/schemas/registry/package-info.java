/** Tests of the registry client, and a registry in memory for tests. */
@NullMarked
package io.weir.schemas.registry;

import org.jspecify.annotations.NullMarked;
