/**
 * The files of a volume on a Qumulo cluster, by its REST API, with the meaning that {@link io.weir.worker.files} gives them.
 *
 * <p>A path is looked up as a whole, and what the cluster answers has to bear that path: so neither a symbolic link nor
 * another spelling leads elsewhere. Attributes are then set by file id, bound to the ETag of that look, so that a change in
 * between makes the step fail, to be planned anew. Names are only changed by path ({@code RENAME}, {@code DELETE}), and have no
 * ETag; there the answer tells which file it was, and another one is moved back.
 *
 * <p>New files and directories are made complete in the staging directory ({@link io.weir.worker.qumulo.Staging}), which no
 * agent reports on, and then renamed to their place: one event each, as of a file that is linked in.
 *
 * <p>Where an answer is lost, the step looks whether the cluster has done what it was asked for, by file id. It never asks
 * twice on a guess.
 */
@NullMarked
package io.weir.worker.qumulo;

import org.jspecify.annotations.NullMarked;
