/**
 * The worker's memory of actions, on its own disk: which attempt began, with which declared effects, and what became of
 * it; and where actions of this worker have moved files.
 *
 * <p>SQLite in WAL mode with {@code synchronous=NORMAL}: a commit is in the kernel's hands when the call returns, so the
 * death of the process loses nothing, and no commit waits for the disk. A power failure may lose the last commits, never
 * the database; then the state of the files tells what is done.
 */
@NullMarked
package io.weir.worker.ledger;

import org.jspecify.annotations.NullMarked;
