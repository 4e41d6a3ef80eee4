/**
 * Looking for records in what the topics keep.
 *
 * <p>{@link io.weir.cli.search.TopicScan} passes over partitions once, within a {@link io.weir.cli.search.TimeRange}, in
 * bounded memory: keys, headers and undecoded bytes tell what to pass over, and only what is looked for is decoded, as a
 * {@link io.weir.cli.search.FoundRecord}. Where the key says in which partition a record would be, no other is read.
 * {@link io.weir.cli.search.EventSearch} finds an event by its id, which is neither key nor header.
 */
@NullMarked
package io.weir.cli.search;

import org.jspecify.annotations.NullMarked;
