/**
 * The embedded mode: a Kafka broker and a schema registry in this process, for {@code weir up} and for tests.
 *
 * <p>{@link io.weir.cli.embedded.EmbeddedBroker} is Apache Kafka's own server, broker and KRaft controller in one, on
 * loopback, over a data directory that survives restarts. {@link io.weir.cli.embedded.EmbeddedRegistry} speaks the part of
 * Confluent's Schema Registry REST API that clients use. It keeps its state as Confluent's does, as JSON in the compacted
 * topic {@code _schemas}, and holds a copy in memory: {@code SchemasTopic} reads it at start and appends to it,
 * {@code SchemaState} is the copy, {@code RegistryApi} has the calls, and a change is answered only once the broker has
 * acknowledged it.
 */
@NullMarked
package io.weir.cli.embedded;

import org.jspecify.annotations.NullMarked;
