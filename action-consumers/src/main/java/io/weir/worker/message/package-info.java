/**
 * Actions that tell somebody: {@code webhook} and {@code email}.
 *
 * <p>They need no files, so that any worker may carry them out. What they do cannot be seen afterwards: an attempt whose
 * outcome is unknown is made again, under the same id ({@code Idempotency-Key}, {@code Message-ID}), by which the other side
 * tells it from another message. A server that does not answer is a {@link io.weir.worker.RemoteFailureException}; the
 * worker waits and tries again, without a thread.
 *
 * <p>Where a message goes is the worker's settings' to decide. Of a webhook this is asked twice: the name, when the action is
 * planned, and the address, when its socket connects ({@link GuardedSockets}), so that what a name resolves to at that
 * moment is what counts.
 */
@NullMarked
package io.weir.worker.message;

import org.jspecify.annotations.NullMarked;
