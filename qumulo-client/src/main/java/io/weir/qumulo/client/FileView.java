package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.qumulo.client.rest.ApiAnswer;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import io.weir.qumulo.client.rest.RestClient;
import java.io.InputStream;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files, as they are or as a snapshot has them. Changes nothing, access times included (from Core 7.9.0 on, where
 * that can be said). Of a snapshot: what lies outside its directory is read as it is now, in silence. Safe for all threads;
 * blocks its caller.
 */
public final class FileView {
    private static final ClusterVersion SKIPS_ATIME = new ClusterVersion(7, 9, 0);
    private static final int PAGE = 1000;
    private static final int IDS_AT_ONCE = 1000;

    private final RestClient rest;
    private final Release release;
    private final @Nullable Long snapshot;

    FileView(RestClient rest, Release release, @Nullable Long snapshot) {
        this.rest = rest;
        this.release = release;
        this.snapshot = snapshot;
    }

    /**
     * All that the cluster tells of a file.
     *
     * @throws QumuloException with {@link Reason#NOT_THERE} if there is no such file
     */
    public FileAttributes attributes(FileRef ref) throws QumuloException {
        ApiRequest request = get(ref, "/info/attributes");
        ApiAnswer answer = rest.json(request);
        return answer.read(request, json -> FileAttributes.of(json, answer.etag()));
    }

    /** A file's access list. */
    public AccessList accessList(FileRef file) throws QumuloException {
        ApiRequest request = get(file, "/info/acl");
        return rest.json(request).read(request, AccessList::of);
    }

    /** Empty if there is no such file. */
    public Optional<FileAttributes> find(FileRef ref) throws QumuloException {
        try {
            return Optional.of(attributes(ref));
        } catch (QumuloException e) {
            if (e.reason() == Reason.NOT_THERE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The entries of a directory, in no particular order, a thousand a page. */
    public Pages<FileAttributes> list(FileRef directory) throws QumuloException {
        return list(directory, PAGE);
    }

    /**
     * The entries of a directory. Ask by id: a path may meanwhile lead to another directory.
     *
     * @param pageSize at most so many a page; the cluster may give fewer
     */
    public Pages<FileAttributes> list(FileRef directory, int pageSize) throws QumuloException {
        ApiRequest request = quietly(get(directory, "/entries/")).query("limit", String.valueOf(pageSize));
        return new Pages<>(rest, request, "files", FileAttributes::of);
    }

    /** A file's data from the beginning to the end; see {@link #data(FileRef, long, long)}. */
    public InputStream data(FileRef file) throws QumuloException {
        return rest.open(quietly(get(file, "/data")));
    }

    /**
     * A part of a file's data, read as it comes. The caller closes it. If it breaks off, {@code read} throws a
     * {@link QumuloException}; whoever goes on from there, or reads piece by piece, has to look whether the data revision is
     * still the same.
     *
     * @param offset in bytes; beyond the end there is nothing
     * @param length in bytes; fewer come if the file ends before
     */
    public InputStream data(FileRef file, long offset, long length) throws QumuloException {
        return rest.open(quietly(get(file, "/data"))
                .query("offset", String.valueOf(offset))
                .query("length", String.valueOf(length)));
    }

    /**
     * The paths of files by their ids; of a file with several names, one of them.
     *
     * @throws QumuloException with {@link Reason#NOT_THERE} if one of them is gone
     */
    public Map<String, String> paths(Collection<String> ids) throws QumuloException {
        var paths = new LinkedHashMap<String, String>();
        List<String> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            ArrayNode body = JsonNodeFactory.instance.arrayNode();
            all.subList(from, Math.min(all.size(), from + IDS_AT_ONCE)).forEach(body::add);
            ApiRequest request = of(ApiRequest.of("POST", "/v1/files/resolve", Effect.READS, body))
                    .withLongAnswer();
            paths.putAll(rest.json(request).read(request, FileView::resolved));
        }
        return paths;
    }

    private static Map<String, String> resolved(JsonNode json) {
        var paths = new LinkedHashMap<String, String>();
        for (JsonNode file : json) {
            paths.put(JsonFields.text(file, "id"), JsonFields.path(JsonFields.text(file, "path")));
        }
        return paths;
    }

    /** The path of a file by its id. */
    public String path(String id) throws QumuloException {
        String path = paths(List.of(id)).get(id);
        if (path == null) {
            throw new QumuloException("file id='" + id + "': the cluster resolved another", Reason.OTHER, null);
        }
        return path;
    }

    /** All user metadata of a kind, by key; up to 400 KB each. */
    public Map<String, byte[]> metadata(FileRef file, MetadataType type) throws QumuloException {
        ApiRequest request = get(file, "/user-metadata/" + type.segment() + "/");
        var all = new LinkedHashMap<String, byte[]>();
        for (var entry : new Pages<>(rest, request, "entries", FileView::entry).rest()) {
            all.put(entry.getKey(), entry.getValue());
        }
        return all;
    }

    /**
     * One value of the user metadata; empty if the file has none of that key.
     *
     * @throws QumuloException with {@link Reason#NOT_THERE} if there is no such file
     */
    public Optional<byte[]> metadata(FileRef file, MetadataType type, String key) throws QumuloException {
        ApiRequest request = get(file, metadataTarget(type, key));
        try {
            return Optional.of(rest.json(request).read(request, FileView::value));
        } catch (QumuloException e) {
            if (e.errorClass().equals("fs_user_metadata_key_not_found")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static String metadataTarget(MetadataType type, String key) {
        if (key.isEmpty() || key.equals(".") || key.equals("..")) {
            throw new IllegalArgumentException("key='" + key + "': cannot be part of a URL");
        }
        return "/user-metadata/" + type.segment() + "/" + ApiRequest.encode(key);
    }

    private static Map.Entry<String, byte[]> entry(JsonNode json) {
        return Map.entry(JsonFields.text(json, "key"), value(json));
    }

    private static byte[] value(JsonNode json) {
        return Base64.getDecoder().decode(JsonFields.text(json, "value"));
    }

    private ApiRequest get(FileRef ref, String what) {
        return of(ApiRequest.get("/v1/files/" + ref.segment() + what));
    }

    private ApiRequest of(ApiRequest request) {
        return snapshot == null ? request : request.query("snapshot", snapshot.toString());
    }

    /** Without a new access time, which would be an event of its own. */
    private ApiRequest quietly(ApiRequest request) throws QumuloException {
        return release.has(SKIPS_ATIME) ? request.query("skip-atime-update", "true") : request;
    }
}
