/**
 * Reading and changing the rules in force.
 *
 * <p>An apply is one Kafka transaction on {@code weir.rules}, under the one transactional id that fences a second writer: the
 * changed rules, tombstones for the deleted ones, and last the manifest with which all of it takes effect. The writer first
 * takes the transactional id, then reads what is in force, so that nothing can come between unnoticed. What the running
 * filters made of it is read from {@code weir.rule-status}, and who they are from {@code weir.components}.
 */
@NullMarked
package io.weir.cli.rule.publish;

import org.jspecify.annotations.NullMarked;
