/**
 * A running {@code weir up} on this machine: its data directory, held by one process at a time through a file lock, and the
 * file {@code instance.json} in it that tells other commands where broker and registry listen. And how the other commands find
 * the Kafka that they talk to.
 */
@NullMarked
package io.weir.cli.instance;

import org.jspecify.annotations.NullMarked;
