/**
 * {@code weir trace}: all that followed from one external event, as a tree.
 *
 * <p>{@link io.weir.cli.trace.ChainSearch} finds the chain that an id belongs to, that is the id of its first event: by the
 * keys of decisions and results where it can, which is one partition each, and only else by reading on. That event's time
 * is where {@link io.weir.cli.trace.ChainReader} begins: it passes once over all topics that chains are in, and takes the
 * records whose header {@code correlation-id} is that of the chain. {@link io.weir.cli.trace.ChainTree} makes a tree of
 * them, in whatever order they came, in which what should be there and is not has a place, too. {@link
 * io.weir.cli.trace.ChainText} and {@link io.weir.cli.trace.ChainJson} write it.
 */
@NullMarked
package io.weir.cli.trace;

import org.jspecify.annotations.NullMarked;
