/**
 * How fast rules are matched: the index against event-ruler and against the plain scan, on the same rules and events.
 *
 * <p>Events have the paths of a real tree, sorted ({@code -Dweir.bench.tree=DIR}, by default {@code /usr}). Of the rules,
 * 60 % ask for a directory and a list of extensions, 20 % for names, 10 % for a size and an owner, 10 % nest {@code not}
 * and {@code any}; their directories are of that tree too, so that an event walks deep into the index. One event in a
 * hundred matches. Everything comes from one seed ({@code -Dweir.seed=N}).
 *
 * <p>event-ruler has the easier job: events come to it flattened, without JSON, with name and extension as fields of
 * their own and the size in MiB; an extension is compared with regard to case; of a name with a star in the middle only
 * the beginning is asked for; and the nested conditions are written out as alternatives and negated values.
 */
@NullMarked
package io.weir.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
