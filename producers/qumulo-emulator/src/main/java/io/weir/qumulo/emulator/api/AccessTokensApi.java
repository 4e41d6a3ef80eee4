package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.settings.AccessTokens;
import io.weir.qumulo.emulator.settings.AccessTokens.AccessToken;
import io.weir.qumulo.emulator.settings.Privileges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Access tokens, all of which are of the one user. */
final class AccessTokensApi {
    private static final String ALL = "/v1/auth/access-tokens/";

    private final Cluster cluster;

    AccessTokensApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", ALL, call -> list());
        router.add("POST", ALL, this::make);
        router.add("GET", ALL + "{id}", call -> Json.ok(json(readable(call))));
        router.add("PATCH", ALL + "{id}", this::change);
        router.add("DELETE", ALL + "{id}", this::delete);
    }

    private AccessTokens tokens() {
        return cluster.accounts().accessTokens();
    }

    private Answer list() {
        cluster.require(Privileges.ACCESS_TOKENS_READ);
        var json = Json.object();
        var entries = json.putArray("entries");
        tokens().all().forEach(token -> entries.add(json(token)));
        json.putObject("paging").put("next", "");
        return Json.ok(json);
    }

    private Answer make(Call call) {
        cluster.require(Privileges.ACCESS_TOKENS_WRITE);
        JsonNode json = call.json();
        if (!json.path("user").isObject()) {
            throw ApiException.undecodable("user: expected an object");
        }
        AccessToken token = tokens().make(expiration(json))
                .orElseThrow(() ->
                        new ApiException(400, "access_token_limit_error", "a user has two access tokens at most"));
        return Json.ok(Json.object().put("id", token.id()).put("bearer_token", token.text()));
    }

    private AccessToken readable(Call call) {
        cluster.require(Privileges.ACCESS_TOKENS_READ);
        return find(call);
    }

    private AccessToken find(Call call) {
        return tokens().find(call.variable("id"))
                .orElseThrow(() -> new ApiException(404, "http_not_found_error", call.variable("id")));
    }

    private Answer change(Call call) {
        cluster.require(Privileges.ACCESS_TOKENS_WRITE);
        JsonNode json = call.json();
        AccessToken token = find(call);
        if (json.has("expiration_time")) {
            token = token.expiring(expiration(json));
        }
        if (json.has("enabled")) {
            token = token.enabled(json.get("enabled").asBoolean());
        }
        tokens().replace(token);
        return Json.ok(json(token));
    }

    private Answer delete(Call call) {
        cluster.require(Privileges.ACCESS_TOKENS_WRITE);
        tokens().delete(find(call).id());
        return Answer.empty(200);
    }

    private static @Nullable Instant expiration(JsonNode json) {
        JsonNode time = json.path("expiration_time");
        return time.isTextual() && !time.textValue().isEmpty()
                ? AttributesApi.time("expiration_time", time.textValue())
                : null;
    }

    private ObjectNode json(AccessToken token) {
        ObjectNode json = Json.object().put("id", token.id());
        ObjectNode user = Json.object()
                .put("domain", "LOCAL")
                .put("auth_id", "500")
                .put("name", cluster.accounts().name());
        json.set("user", user);
        json.set("creator", user.deepCopy());
        Instant expiration = token.expiration();
        return json.put("creation_time", token.created().toString())
                .put("expiration_time", expiration == null ? null : expiration.toString())
                .put("enabled", token.enabled());
    }
}
