package io.weir.worker.qumulo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.qumulo.client.rest.ApiRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;

/** What the cluster tells a watcher of a volume, as a connector reads it. */
public final class ToldEvents implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final TestCluster cluster;
    private final BufferedReader stream;
    private int syncs;

    public ToldEvents(TestCluster cluster) throws IOException {
        this.cluster = cluster;
        String root = ApiRequest.encode(cluster.at("/"));
        var request = ApiRequest.get("/v1/files/" + root + "/notify?recursive=true");
        stream =
                new BufferedReader(new InputStreamReader(cluster.client().rest().open(request), UTF_8));
        String first = stream.readLine();
        if (first == null || !first.startsWith(": watching")) {
            throw new IOException("not watching: " + first);
        }
    }

    /** Since the last call: {@code type path}, all but what is told of the staging directory. */
    public List<String> all() throws IOException {
        String sync = "sync-" + ++syncs;
        cluster.user().write("/" + sync, "");
        List<String> told = new ArrayList<>();
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("data: ")) {
                for (JsonNode event : JSON.readTree(line.substring("data: ".length()))) {
                    String path = event.path("path").asText();
                    if (path.equals(sync)) {
                        cluster.user().delete("/" + sync);
                        return told;
                    }
                    if (!path.startsWith(".weir/staging") && !path.startsWith("sync-")) {
                        told.add(event.path("type").asText() + " /" + path);
                    }
                }
            }
        }
        throw new IOException("the stream has ended");
    }

    /** Without those of marks. */
    public List<String> ofFiles() throws IOException {
        return all().stream().filter(event -> !event.contains(" /.weir")).toList();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
