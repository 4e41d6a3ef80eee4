/**
 * Conditions: what stands under {@code when}, checked and compiled. A condition asks an event only for what it needs, and
 * allocates nothing. A condition on a value that the event does not have is not satisfied (so its {@code not} is).
 */
@NullMarked
package io.weir.rules.condition;

import org.jspecify.annotations.NullMarked;
