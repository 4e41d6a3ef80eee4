/** Tests of the serdes, against a registry in memory. */
@NullMarked
package io.weir.schemas.serde;

import org.jspecify.annotations.NullMarked;
