package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A file as the cluster told of it.
 *
 * @param id digits; kept by renames, and by all names of a file
 * @param path absolute, without a slash at its end but for the root; of a file with several names it is one of them
 * @param name last part of the path; empty for the root
 * @param size bytes
 * @param mode permission bits with setuid, setgid and sticky, 0 to 07777
 * @param linkCount hard links
 * @param dataRevision differs when data has been written; empty for what has no data
 * @param metadataRevision differs when user metadata has been written
 * @param etag for {@code If-Match}; empty in lists, which have none
 */
public record FileAttributes(
        String id,
        FileKind kind,
        String path,
        String name,
        long size,
        int mode,
        Principal owner,
        Principal group,
        long linkCount,
        FileTimes times,
        String dataRevision,
        String metadataRevision,
        String etag) {

    public boolean isDirectory() {
        return kind == FileKind.DIRECTORY;
    }

    /** It by its id, which survives a rename. */
    public FileRef ref() {
        return FileRef.id(id);
    }

    static FileAttributes of(JsonNode json) {
        return of(json, "");
    }

    /** @throws IllegalArgumentException if something is missing or malformed */
    static FileAttributes of(JsonNode json, String etag) {
        return new FileAttributes(
                JsonFields.text(json, "id"),
                FileKind.of(JsonFields.text(json, "type")),
                JsonFields.path(JsonFields.text(json, "path")),
                JsonFields.text(json, "name"),
                JsonFields.number(json, "size"),
                JsonFields.octal(json, "mode"),
                Principal.of(json, "owner"),
                Principal.of(json, "group"),
                JsonFields.number(json, "num_links"),
                FileTimes.of(json),
                json.path("data_revision").asText(""),
                json.path("user_metadata_revision").asText(""),
                etag);
    }
}
