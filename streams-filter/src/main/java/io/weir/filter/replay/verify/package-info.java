/**
 * Proves that recorded decisions are what follows from events, contributions and the rules recorded as in force.
 *
 * <p>{@link io.weir.filter.replay.verify.Verification} reads events, contributions and decisions at the same time. What
 * judging the former anew leads to, and what the latter record, meet in a {@code Comparison}: by the record whose reading
 * brought it about, the event, and for rules that wait the rule. Neither side is kept longer than the other lags behind. What
 * is recorded for a place that has been judged anew already, and was not expected there, has been forged or doubled; what is
 * expected and not recorded in the end has been lost. {@code SequenceCheck} keeps one bit for each number of each agent.
 * {@code ActionCheck} then follows decisions to requests, results and suppressed events, by the ids of the actions.
 */
@NullMarked
package io.weir.filter.replay.verify;

import org.jspecify.annotations.NullMarked;
