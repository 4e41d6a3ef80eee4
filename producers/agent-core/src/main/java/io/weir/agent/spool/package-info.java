/**
 * The agent's store: one SQLite database in write-ahead mode, in which spool and baseline change in one transaction.
 *
 * <p>One connection writes, under the core's lock. The delivery thread reads through a connection of its own what did not
 * fit into its memory. {@code synchronous=NORMAL}: a transaction survives the death of the process at any moment; the last
 * ones may be lost with the power, and then the start scan finds their differences again.
 */
@NullMarked
package io.weir.agent.spool;

import org.jspecify.annotations.NullMarked;
