/** The built-in actions: quarantine, rename, chmod, exec. */
@NullMarked
package io.weir.worker.action;

import org.jspecify.annotations.NullMarked;
