/**
 * A client of Confluent's Schema Registry REST API, as Confluent Platform, Apicurio Registry, Karapace, Redpanda and
 * Weir's own embedded registry speak it.
 *
 * <p>{@link io.weir.schemas.registry.SchemaRegistryClient} has the calls and the caches. What a schema id means never
 * changes, and so is never asked for twice; neither is the id of a schema under a subject, once known. Below it one class
 * sends requests: to the address that answered last, else to the next; when all have failed it waits, twice as long each
 * time, and goes round again. A connection that fails, an answer 5xx and 429 count as failed; everything else is an answer.
 *
 * <p>Configured by Confluent's property names (docs.confluent.io, "Configuration Options for Schema Registry Clients").
 */
@NullMarked
package io.weir.schemas.registry;

import org.jspecify.annotations.NullMarked;
