package io.weir.qumulo.emulator.api;

import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.tree.FileRef;
import io.weir.qumulo.emulator.tree.FsError;
import io.weir.qumulo.emulator.tree.PersistentMap;
import java.util.Base64;
import java.util.Locale;

/** User metadata: values by type and key. */
final class MetadataApi {
    private final Cluster cluster;

    MetadataApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/files/{ref}/user-metadata/", call -> list(call, ""));
        router.add("GET", "/v1/files/{ref}/user-metadata/{type}/", call -> list(call, type(call) + "/"));
        router.add("GET", "/v1/files/{ref}/user-metadata/{type}/{key}", this::get);
        router.add("PUT", "/v1/files/{ref}/user-metadata/{type}/{key}", call -> put(call, true));
        router.add("POST", "/v1/files/{ref}/user-metadata/{type}/{key}", call -> put(call, false));
        router.add("DELETE", "/v1/files/{ref}/user-metadata/{type}/{key}", this::delete);
    }

    private static String type(Call call) {
        String type = call.variable("type").toUpperCase(Locale.ROOT);
        if (!type.equals("GENERIC") && !type.equals("S3")) {
            throw ApiException.undecodable("type='" + call.variable("type") + "': expected generic or s3");
        }
        return type;
    }

    private static String key(Call call) {
        return type(call) + "/" + call.variable("key");
    }

    private PersistentMap<String, byte[]> values(Call call) {
        FileRef ref = FileRef.of(call.ref());
        return call.state(cluster, ref).get(ref).metadata().values();
    }

    private Answer list(Call call, String prefix) {
        var json = Json.object();
        var entries = json.putArray("entries");
        values(call).visitAfter(null, (key, value) -> {
            if (key.startsWith(prefix)) {
                int slash = key.indexOf('/');
                entries.addObject()
                        .put("type", key.substring(0, slash))
                        .put("key", key.substring(slash + 1))
                        .put("value", Base64.getEncoder().encodeToString(value));
            }
            return true;
        });
        json.putObject("paging").put("next", "");
        return Json.ok(json);
    }

    private Answer get(Call call) {
        byte[] value = values(call).get(key(call));
        if (value == null) {
            throw FsError.METADATA_NOT_FOUND.of(call.variable("key"));
        }
        return Json.ok(Json.object().put("value", Base64.getEncoder().encodeToString(value)));
    }

    private Answer put(Call call, boolean replace) {
        byte[] value;
        try {
            value = Base64.getDecoder().decode(call.required("value"));
        } catch (IllegalArgumentException e) {
            throw ApiException.undecodable("value: expected Base64");
        }
        String key = key(call);
        cluster.tree().changeMetadata(call.ref(), values -> {
            if (!replace && values.get(key) != null) {
                throw FsError.METADATA_EXISTS.of(call.variable("key"));
            }
            return values.with(key, value);
        });
        return Answer.empty(200);
    }

    private Answer delete(Call call) {
        String key = key(call);
        cluster.tree().changeMetadata(call.ref(), values -> {
            if (values.get(key) == null) {
                throw FsError.METADATA_NOT_FOUND.of(call.variable("key"));
            }
            return values.without(key);
        });
        return Answer.empty(200);
    }
}
