/** {@code weir doctor}: what an agent on this host would not see, and how to mend it. */
@NullMarked
package io.weir.cli.doctor;

import org.jspecify.annotations.NullMarked;
