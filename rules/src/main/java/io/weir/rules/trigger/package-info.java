/**
 * What a rule waits for beside its conditions.
 *
 * <p>Conditions look at one event alone; they say which events a rule is about. A trigger says when such events take effect.
 * What it needs to remember is kept by whoever judges: here are only its parameters, and what an event means for it.
 */
@NullMarked
package io.weir.rules.trigger;

import org.jspecify.annotations.NullMarked;
