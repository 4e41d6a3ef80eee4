package io.weir.qumulo.emulator.api;

import io.weir.qumulo.emulator.http.Answer;
import io.weir.qumulo.emulator.settings.Privileges;
import io.weir.qumulo.emulator.settings.RecursiveMode;
import java.util.Arrays;

/** The cluster, its one node, and its settings. */
final class ClusterApi {
    private static final String CLUSTER_ID = "11111111-2222-3333-4444-555555555555";

    private final Cluster cluster;

    ClusterApi(Cluster cluster) {
        this.cluster = cluster;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/node/state", call -> nodeState());
        router.add("GET", "/v1/cluster/settings", call -> Json.ok(Json.object().put("cluster_name", "emulator")));
        router.add("GET", "/v1/cluster/nodes/", call -> nodes());
        router.add(
                "GET",
                "/v1/cluster/protection/status",
                call -> Json.ok(Json.object().put("remaining_node_failures", 1)));
        router.add("GET", "/v1/network/floating-ip-allocation", call -> floatingAddresses());
        router.add("GET", "/v1/file-system", call -> fileSystem());
        router.add("GET", "/v1/file-system/settings/notify", call -> notifySettings());
        router.add("PUT", "/v1/file-system/settings/notify", this::setNotifySettings);
    }

    private static Answer nodeState() {
        return Json.ok(Json.object().put("node_id", 1).put("state", "ACTIVE").put("cluster_id", CLUSTER_ID));
    }

    private Answer nodes() {
        cluster.require(Privileges.CLUSTER_READ);
        var nodes = Json.array();
        nodes.addObject()
                .put("id", 1)
                .put("node_status", "online")
                .put("node_name", "emulator-1")
                .put("uuid", CLUSTER_ID)
                .put("label", "")
                .put("model_number", "EMULATOR")
                .put("serial_number", "1")
                .put("mac_address", "02:00:00:00:00:01");
        return Json.ok(nodes);
    }

    private Answer floatingAddresses() {
        cluster.require(Privileges.NETWORK_IP_ALLOCATION_READ);
        var nodes = Json.array();
        nodes.addObject().put("id", 1).putArray("floating_addresses").add("127.0.0.1");
        return Json.ok(nodes);
    }

    private static Answer fileSystem() {
        return Json.ok(Json.object()
                .put("block_size_bytes", 4096)
                .put("total_size_bytes", "1099511627776")
                .put("free_size_bytes", "1099511627776"));
    }

    private Answer notifySettings() {
        return Json.ok(Json.object()
                .put("recursive_mode", cluster.switches().recursiveMode().name()));
    }

    private Answer setNotifySettings(Call call) {
        String wanted = call.required("recursive_mode");
        RecursiveMode mode = Arrays.stream(RecursiveMode.values())
                .filter(each -> each.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> ApiException.undecodable(
                        "recursive_mode='" + wanted + "': expected one of " + Arrays.toString(RecursiveMode.values())));
        cluster.switches().recursiveMode(mode);
        return notifySettings();
    }
}
