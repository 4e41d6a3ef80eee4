/**
 * Serdes for Confluent's wire format: a zero byte, the schema id as four bytes, most significant first, and the Avro binary.
 * Configured by Confluent's property names, with their meaning ({@link io.weir.schemas.serde.SerdeConfig} lists them).
 *
 * <p>Writing. Which schema stands in front of a record, in this order: with {@code auto.register.schemas=true} the record's
 * own, registered; with {@code use.latest.version=true} the subject's latest; else the record's own, looked up. A topic of
 * Weir whose type is a union ({@code weir.rules}) is written against that union in place of the record's own schema. A
 * topic of Weir takes records of its own type only. Schemas of generated classes are registered without
 * {@code avro.java.string}, which is no business of other languages.
 *
 * <p>Reading. The class is chosen by the writer's full name, never by what would happen to fit: Avro reads a record of
 * another type without complaint if all fields have defaults. What is expected comes from the constructor,
 * {@code specific.avro.value.type}, or for Weir's topics the catalog; anything else is an error.
 *
 * <p>Speed. The id's reader or writer, with Avro's resolution already done, is kept per thread; encoder, decoder and buffer
 * are reused.
 */
@NullMarked
package io.weir.schemas.serde;

import org.jspecify.annotations.NullMarked;
