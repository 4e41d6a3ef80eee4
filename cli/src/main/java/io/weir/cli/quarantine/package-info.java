/** {@code weir quarantine}: what lies in quarantine, and what becomes of it. */
@NullMarked
package io.weir.cli.quarantine;

import org.jspecify.annotations.NullMarked;
