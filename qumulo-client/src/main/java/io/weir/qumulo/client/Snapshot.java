package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A snapshot of a directory with all below it.
 *
 * @param name the id, an underscore and the suffix
 * @param taken by the cluster's clock
 * @param sourceId the directory's file id
 * @param expiration {@link Instant#MAX}: never
 * @param inDelete whether it is being deleted
 */
public record Snapshot(long id, String name, Instant taken, String sourceId, Instant expiration, boolean inDelete) {

    static Snapshot of(JsonNode json) {
        String expiration = json.path("expiration").asText("");
        boolean never = expiration.isEmpty() || expiration.equals("null");
        return new Snapshot(
                JsonFields.number(json, "id"),
                JsonFields.text(json, "name"),
                Instant.parse(JsonFields.text(json, "timestamp")),
                JsonFields.text(json, "source_file_id"),
                never ? Instant.MAX : Instant.parse(expiration),
                json.path("in_delete").asBoolean());
    }
}
