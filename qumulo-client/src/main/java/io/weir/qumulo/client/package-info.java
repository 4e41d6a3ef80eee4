/**
 * A client of the REST API of Qumulo Core, for agents and workers alike.
 *
 * <p>{@link io.weir.qumulo.client.QumuloClient} is where to begin. It reads files as they are or as a snapshot has them
 * ({@link io.weir.qumulo.client.FileView}), changes them ({@link io.weir.qumulo.client.FileChanges}), and takes and compares
 * snapshots ({@link io.weir.qumulo.client.Snapshots}). Lists come in {@link io.weir.qumulo.client.Pages}, data as streams:
 * no answer is held in memory as a whole but single pages. How a call finds its way, and what becomes of one whose answer
 * is lost, is on the page of {@link io.weir.qumulo.client.rest}.
 *
 * <p>Whoever asks again after something was deleted or moved should ask by id: a path may lead to another file by then.
 */
@NullMarked
package io.weir.qumulo.client;

import org.jspecify.annotations.NullMarked;
