/**
 * {@code weir up}: the whole system in one process.
 *
 * <p>{@link io.weir.cli.up.UpPlan} checks all that can be checked before anything starts. {@link io.weir.cli.up.Instance} then
 * starts the parts, each as soon as what it needs is there: broker, registry, topics, then rules and worker, then filter and
 * agent; and stops them in the reverse order. The worker comes before the filter so that a volume is registered before the
 * filter can route to it. The parts are the same classes that run alone in production.
 */
@NullMarked
package io.weir.cli.up;

import org.jspecify.annotations.NullMarked;
