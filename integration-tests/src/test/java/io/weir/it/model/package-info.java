/**
 * A model of the whole chain, to test that actions cause no endless loops and that no foreign change goes unjudged.
 *
 * <p>Simulated are a file system with the kernel's queue ({@link io.weir.it.model.SimulatedFiles},
 * {@link io.weir.it.model.KernelQueue}), the source that reads it, the logs, clocks, processes and their deaths. Of
 * production are the intake and the judge of marks, the making of events, the filter's judge with compiled rules, the step
 * machine, its ledger and the actions.
 *
 * <p>{@link io.weir.it.model.Schedule} interleaves all of them by a seed; attempts run on threads of their own, of which one
 * at a time has the word ({@link io.weir.it.model.Routine}). {@link io.weir.it.model.Truth} knows who changed what, and holds
 * what was published and requested against it.
 */
@NullMarked
package io.weir.it.model;

import org.jspecify.annotations.NullMarked;
