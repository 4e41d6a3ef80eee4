package io.weir.qumulo.emulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.emulator.http.Answer;

/** Version, login, and who one is. */
final class SessionApi {
    private final Cluster cluster;

    SessionApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.addOpen("GET", "/v1/version", call -> version());
        router.addOpen("POST", "/v1/session/login", this::logIn);
        router.add("GET", "/v1/session/who-am-i", call -> whoAmI());
    }

    private static Answer version() {
        return Json.ok(Json.object()
                .put("revision_id", "Qumulo Core 7.9.2.3")
                .put("build_id", "1.1.1")
                .put("flavor", "release")
                .put("build_date", "2026-01-01T00:00:00Z"));
    }

    private Answer logIn(Call call) {
        JsonNode login = call.json();
        return cluster.accounts()
                .logIn(Call.required(login, "username"), Call.required(login, "password"))
                .<Answer>map(token -> Json.ok(Json.object().put("bearer_token", token)))
                .orElseGet(() -> Answer.error(401, "http_unauthorized_error", "Incorrect username or password"));
    }

    private Answer whoAmI() {
        var json = Json.object()
                .put("id", "500")
                .put("name", cluster.accounts().name())
                .put("primary_group", "513")
                .put("sid", "S-1-5-21-1-1-1-500")
                .put("uid", "")
                .put("home_directory", "")
                .put("can_change_password", true);
        var privileges = json.putArray("privileges");
        cluster.accounts().privileges().forEach(privileges::add);
        return Json.ok(json);
    }
}
