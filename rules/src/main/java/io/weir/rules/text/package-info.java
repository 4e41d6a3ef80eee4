/** Work on parts of texts without cutting them out: the hot path allocates nothing. */
@NullMarked
package io.weir.rules.text;

import org.jspecify.annotations.NullMarked;
