/** Opens the step machine to the model of the whole chain. */
@NullMarked
package io.weir.worker.run;

import org.jspecify.annotations.NullMarked;
