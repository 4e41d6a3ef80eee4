package io.weir.worker.run;

import io.weir.schemas.ActionResult;

/**
 * An action that is over.
 *
 * @param result to report
 * @param reported whether the result is known to be in Kafka already
 */
public record Finished(ActionResult result, boolean reported) {}
