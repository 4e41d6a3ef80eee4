package io.weir.it.model;

import io.weir.agent.intake.Draft;
import org.jspecify.annotations.Nullable;

/**
 * What an agent tells.
 *
 * @param about the file that the kernel's event was about; null if none was at hand. What was read may be another's
 */
record Told(Draft draft, @Nullable Node about) {}
