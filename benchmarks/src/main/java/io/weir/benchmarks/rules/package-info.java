/**
 * How fast rules are matched: the index against the plain scan, on the same rules and events.
 *
 * <p>Events have the paths of a real tree ({@code -Dweir.bench.tree=DIR}, by default {@code /usr}). Of the rules, 60 % ask
 * for a directory and a list of extensions, 20 % for names, 10 % for a size and an owner, 10 % nest {@code not} and
 * {@code any}; their directories are of that tree too, so that an event walks deep into the index. One event in a hundred
 * matches. Everything comes from one seed ({@code -Dweir.seed=N}).
 */
@NullMarked
package io.weir.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
