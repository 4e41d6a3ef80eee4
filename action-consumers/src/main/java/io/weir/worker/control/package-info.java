/** The emergency brake: {@code weir.control}, read by every worker, asked before every change. */
@NullMarked
package io.weir.worker.control;

import org.jspecify.annotations.NullMarked;
