/**
 * Workers: they carry out the actions that rules ask for, on the files of the volumes that they serve.
 *
 * <p>An action is an {@link io.weir.worker.ActionModule}: it plans (which steps, with which declared effects) and never
 * touches marks, ledger or Kafka. The step machine in {@code run} does the rest, in this order: the action id is looked
 * up in the {@code ledger}; preconditions; ledger <i>begun</i>; begin mark; the steps; end mark; ledger <i>finished</i>;
 * result record; offset. A process that dies anywhere in between leaves enough for the next attempt to tell what is
 * done: the declared effects in the ledger (and in the begin mark), and the files themselves.
 *
 * <p>{@code files} resolves paths beneath a volume's root without following links; {@code delivery} takes requests from
 * Kafka, keeps the order of each file in a lane, and commits only what is done; {@code action} holds the built-in
 * actions.
 */
@NullMarked
package io.weir.worker;

import org.jspecify.annotations.NullMarked;
