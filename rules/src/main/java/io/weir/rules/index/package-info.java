/**
 * Finds the rules that an event may satisfy without asking all of them.
 *
 * <p>From a rule's conditions follows what every event that satisfies them must have: it lies below some directory, its
 * name is, begins with, or ends with something, its file belongs to somebody or has some size at least. Such a set of
 * necessary things is an {@link io.weir.rules.index.Anchor}; a rule has one or several, of which one at least must hold.
 * The rule is put into a tree of directories, at the anchor's directory, in the table for the anchor's key. An event walks
 * down the tree along its path, and at each directory looks itself up in a few hash tables. What it finds are candidates,
 * and those are asked in full; so an anchor may be too generous, but never too strict.
 */
@NullMarked
package io.weir.rules.index;

import org.jspecify.annotations.NullMarked;
