/**
 * {@code weir rules explain}: what rules make of an event, and why.
 *
 * <p>The event is one that the user describes, or one of {@code weir.file-events}, found by its id. The rules are those of
 * files, those in force, or those that were in force when the event was judged: {@code weir.rules-in-force} says under which
 * offset of {@code weir.rules} that was, and {@link io.weir.filter.RuleLog}, which the filter runs on, rebuilds the set.
 */
@NullMarked
package io.weir.cli.rule.explain;

import org.jspecify.annotations.NullMarked;
