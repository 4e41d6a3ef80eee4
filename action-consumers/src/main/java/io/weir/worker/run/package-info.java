/**
 * The step machine. For each request, in this order:
 *
 * <ol>
 *   <li>the ledger: an action that is over is only reported again;
 *   <li>preconditions: not expired, permitted, the file still the one that matched; the module's plan. An action without
 *       steps is over here, with no mark;
 *   <li>ledger <i>begun</i>, with the declared effects;
 *   <li>the begin mark;
 *   <li>the steps, in order;
 *   <li>the end mark: those effects that hold;
 *   <li>ledger <i>finished</i>, with the result and the moves made.
 * </ol>
 *
 * <p>A process that dies before 3 has done nothing. One that dies later leaves a ledger entry <i>begun</i>; the next
 * attempt, with a higher number, looks whether the declared effects are in place, plans what is left, declares and does
 * that, and its end mark closes the action, so that the agent can close the dead attempt's window. A step that fails in a
 * living process ends its own attempt with an end mark.
 *
 * <p>Neither the ledger nor marks wait for the disk: they protect against the death of the process, not of the machine.
 * After a power failure no process is left whose marks could be missed, and files and ledger are compared again.
 */
@NullMarked
package io.weir.worker.run;

import org.jspecify.annotations.NullMarked;
