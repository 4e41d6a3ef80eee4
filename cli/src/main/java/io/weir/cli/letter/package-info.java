/** {@code weir dead-letters}: what could not be carried out, and what is decided about it. */
@NullMarked
package io.weir.cli.letter;

import org.jspecify.annotations.NullMarked;
