/**
 * The file tree: inodes by id, directories as maps from name to id, all persistent, so that a snapshot is a reference.
 *
 * <p>{@link io.weir.qumulo.emulator.tree.TreeState} is one immutable state. {@link io.weir.qumulo.emulator.tree.FileTree} is
 * the one that changes: each change is made on a {@code TreeEdit}, and takes effect as a whole or, if it throws, not at all.
 * With it, under the same lock, its notifications are handed to the watchers, so that these have the tree's own order.
 * Inodes know where they hang (a file may hang in several directories), which gives the ids above a file without a search.
 *
 * <p>{@link io.weir.qumulo.emulator.tree.TreeDifference} compares two states. It looks only at inodes that changed, and of
 * these only at those all of whose directories stayed where they were: what is below a created, deleted or moved directory
 * is told by the one entry of that directory.
 */
@NullMarked
package io.weir.qumulo.emulator.tree;

import org.jspecify.annotations.NullMarked;
