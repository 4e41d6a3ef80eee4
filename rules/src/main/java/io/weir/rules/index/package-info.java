/**
 * Finds the rules that an event may satisfy without asking all of them.
 *
 * <p>From a rule's conditions follows what every event that satisfies them must have: it lies below some directory, its
 * name is, begins with, or ends with something, its file belongs to somebody or has some size at least. Such a set of
 * necessary things is an {@link io.weir.rules.index.Anchor}; a rule has one or several, of which one at least must hold.
 * The rule is put into a tree of directories, at the anchor's directory, in the table for the anchor's key. An event walks
 * down the tree along its path, and at each directory looks itself up in a few tables. What it finds are candidates, and
 * those are asked in full; so an anchor may be too generous, but never too strict.
 *
 * <p><b>Changes.</b> Nothing is ever altered. A changed index is made by {@link io.weir.rules.index.Edit}s, which go down
 * the tree in one pass, and shares all directories and tables that none of them reaches. Building is the same, from
 * nothing.
 *
 * <p><b>Cost.</b> Each part keeps what the dearest event costs in it: rules that are asked together add up, of rules that
 * the index tells apart the dearest count. So the figure of a whole set is there without asking, also after a change
 * ({@link io.weir.rules.index.Summary}).
 *
 * <p><b>Memory.</b> With 100,000 rules the time goes into waiting for memory. So directories and buckets hold a bit filter
 * beside each table, which spares touching the table for most of what it does not have.
 */
@NullMarked
package io.weir.rules.index;

import org.jspecify.annotations.NullMarked;
