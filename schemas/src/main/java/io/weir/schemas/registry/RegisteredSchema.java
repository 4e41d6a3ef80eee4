package io.weir.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param subject for instance {@code weir.file-events-value}
 * @param version from 1 within the subject
 * @param id what stands in front of each record; the same schema has the same id under every subject
 * @param schema the schema
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
