/**
 * The filter: judges each file event under the rules in force, exactly once.
 *
 * <p><b>The judge</b> ({@link io.weir.filter.Judge}) is a plain class. It is fed the records of one partition of {@code
 * weir.file-events} in their order and says what to write: requests, decisions, dead letters. It drops what an agent sent
 * again ({@link io.weir.filter.JudgeStore}), reads events lazily from their Avro bytes ({@code EventBytes}), and asks the
 * matcher of the rule set in force. Replay, back-test and audit feed the same class.
 *
 * <p><b>Rules</b> come through {@link io.weir.filter.RuleLog}, which is fed the records of {@code weir.rules} and swaps an
 * immutable {@link io.weir.filter.ActiveRules} with one volatile write when a manifest closes an apply. The judge reads it
 * once for each event, so an event is judged under one whole set, whose offset its decision names.
 *
 * <p><b>Breakers</b> ({@code Breakers}) count how often a rule acts on one path, in spans of log time, and suspend it for the
 * path where that is too often. They end with an entry in the same log, or with the rule, so that they too depend on
 * nothing but what is read.
 *
 * <p><b>The topology</b> ({@link io.weir.filter.FilterTopology}) wires both: bytes in, judge, one sink that chooses the
 * topic; rules and volumes are global stores. State is a table on the heap which {@link io.weir.filter.SequenceStore}
 * writes to its changelog just before each commit, within the same transaction. {@link
 * io.weir.filter.FilterApplication} runs it.
 */
@NullMarked
package io.weir.filter;

import org.jspecify.annotations.NullMarked;
