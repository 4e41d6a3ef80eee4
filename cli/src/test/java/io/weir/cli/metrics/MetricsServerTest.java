package io.weir.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentStatus;
import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.agent.inotify.InotifyAgent;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandException;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsServerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private static HttpResponse<String> get(MetricsServer server, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static MetricsServer serve(Supplier<AgentStatus> status) {
        return MetricsServer.start("127.0.0.1", 0, () -> List.of(ComponentState.of(status.get())));
    }

    private static Supplier<AgentStatus> status(String state, Optional<String> cause) {
        return () -> new AgentStatus(state, cause, Map.of("gaps-open", 3L, "lag-millis", 1_500L), List.of());
    }

    /** By name with labels. */
    private static Map<String, Double> scrape(MetricsServer server) throws IOException, InterruptedException {
        Map<String, Double> values = new HashMap<>();
        get(server, "/metrics").body().lines().filter(l -> !l.startsWith("#")).forEach(l -> {
            int space = l.lastIndexOf(' ');
            values.put(l.substring(0, space), Double.parseDouble(l.substring(space + 1)));
        });
        return values;
    }

    private static double value(Map<String, Double> values, String name) {
        assertThat(values).containsKey(name);
        return Objects.requireNonNull(values.get(name));
    }

    private static double sum(Map<String, Double> values, String name) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Takes everything at once. */
    private static final class Outlet implements EventOutlet {
        @Override
        public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
            events.forEach(e -> acknowledgement.safe(e.sequence()));
        }

        @Override
        public void close() {}
    }

    private InotifyAgent agent(Path in) {
        AgentConfig config = AgentConfig.of("a", "h", directory.resolve("data"));
        return InotifyAgent.open(
                new InotifyAgentConfig(
                        config, List.of(WatchRoot.ofVolume("v", in, true)), Set.of(in.resolve("excluded"))),
                new Outlet());
    }

    @Test
    void eachFigureOfAnAgentIsAMetricAndTheIdentitiesHold() throws IOException, InterruptedException {
        Path in = Files.createDirectory(directory.resolve("in"));
        try (InotifyAgent agent = agent(in);
                MetricsServer server = serve(agent::status)) {
            agent.start();
            assertThat(agent.status().figures().keySet())
                    .containsExactlyInAnyOrderElementsOf(AgentMetrics.OF_HOST.stream()
                            .map(FigureMetric::figure)
                            .toList());
            for (int i = 0; i < 50; i++) {
                Path file = Files.createDirectories(in.resolve("d" + i + "/e")).resolve("f");
                Files.writeString(file, "x");
                Files.move(file, in.resolve("moved" + i));
                Files.writeString(in.resolve("excluded"), "x");
                requireIdentities(scrape(server));
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> requireAtRest(scrape(server)));
        }
    }

    /** docs/operations.md states them. */
    private static void requireIdentities(Map<String, Double> m) {
        assertThat(value(m, "weir_agent_kernel_events_read_total"))
                .isEqualTo(sum(m, "weir_agent_kernel_events_total") + value(m, "weir_agent_kernel_waiting_events"));
        assertThat(value(m, "weir_agent_changes_read_total")).isEqualTo(sum(m, "weir_agent_changes_total"));
        assertThat(value(m, "weir_agent_events_published_total"))
                .isEqualTo(sum(m, "weir_agent_events_total"))
                .isEqualTo(sum(m, "weir_agent_typed_events_total"))
                .isEqualTo(value(m, "weir_agent_changes_total{outcome=\"published\"}")
                        + value(m, "weir_agent_events_derived_total"));
        assertThat(value(m, "weir_agent_spooled_before_events") + value(m, "weir_agent_events_published_total"))
                .isEqualTo(value(m, "weir_agent_events_delivered_total") + value(m, "weir_agent_waiting_events"));
    }

    private static void requireAtRest(Map<String, Double> m) {
        requireIdentities(m);
        assertThat(value(m, "weir_agent_events_delivered_total")).isGreaterThanOrEqualTo(150);
        assertThat(value(m, "weir_agent_kernel_events_total{outcome=\"excluded\"}"))
                .isGreaterThanOrEqualTo(50);
        assertThat(value(m, "weir_agent_kernel_events_total{outcome=\"told\"}")
                        + value(m, "weir_agent_changes_further_total"))
                .isEqualTo(value(m, "weir_agent_changes_read_total"));
        assertThat(m)
                .containsEntry("weir_agent_kernel_waiting_events", 0.0)
                .containsEntry("weir_agent_waiting_events", 0.0)
                .containsEntry("weir_agent_spool_events", 0.0)
                .containsEntry("weir_agent_lag_seconds", 0.0)
                .containsEntry("weir_agent_healthy", 1.0);
        assertThat(value(m, "weir_agent_last_sequence")).isEqualTo(value(m, "weir_agent_delivered_sequence"));
    }

    @Test
    void aPartThatWorksIsReadyAndOneThatDoesNotTellsWhy() throws IOException, InterruptedException {
        try (MetricsServer server = serve(status("running", Optional.empty()))) {
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(server, "/health/ready").body()).isEqualTo("ready\nagent: running\n");
            assertThat(scrape(server))
                    .containsEntry("weir_agent_healthy", 1.0)
                    .containsEntry("weir_agent_open_gaps", 3.0)
                    .containsEntry("weir_agent_lag_seconds", 1.5);
            assertThat(get(server, "/elsewhere").statusCode()).isEqualTo(404);
        }
        try (MetricsServer server = serve(status("degraded", Optional.of("the spool is full")))) {
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(server, "/health/ready").body())
                    .isEqualTo("not ready\nagent: degraded: the spool is full\n");
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
            assertThat(scrape(server)).containsEntry("weir_agent_healthy", 0.0);
        }
        try (MetricsServer server = serve(status("standby", Optional.empty()))) {
            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onePartThatHasFailedForGoodMakesTheProcessNotLive() throws IOException, InterruptedException {
        var filter = new ComponentState("filter", true, true, "running", Optional.empty(), Map.of());
        var worker = new ComponentState("worker", false, false, "failed", Optional.of("no right"), Map.of());
        try (MetricsServer server = MetricsServer.start("127.0.0.1", 0, () -> List.of(filter, worker))) {
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(503);
            assertThat(get(server, "/health/live").body())
                    .isEqualTo("not live\nfilter: running\nworker: failed: no right\n");
        }
    }

    @Test
    void theProcessAndKafkasClientsAreServedToo() throws IOException, InterruptedException {
        Map<String, Object> config =
                KafkaConnection.of("127.0.0.1:1", "http://127.0.0.1:1").producerConfig("it\"s me");
        try (var producer = new KafkaProducer<>(config);
                MetricsServer server = serve(status("running", Optional.empty()))) {
            assertThat(producer.metrics()).isNotEmpty();
            assertThat(get(server, "/metrics").body())
                    .contains("jvm_memory_used_bytes{")
                    .contains("process_cpu_usage ")
                    .contains("weir_build_info{version=")
                    .contains("kafka_producer_record_send_total{client_id=\"it\\\"s me\"")
                    .contains("# TYPE kafka_producer_record_send_total counter");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        try (MetricsServer server = serve(status("running", Optional.empty()))) {
            assertThatThrownBy(() -> MetricsServer.start("127.0.0.1", server.port(), List::of))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("cannot serve metrics on '127.0.0.1:" + server.port() + "'")
                    .hasMessageContaining("try another --metrics-port");
        }
    }

    @Test
    void eachMetricIsInTheOperatorsTable() throws IOException {
        String table = Files.readString(Path.of("../docs/metrics.md"));
        for (String kind : List.of("agent", "filter", "worker")) {
            for (FigureMetric metric : FigureMetric.of(kind)) {
                assertThat(table).contains("| `" + metric.figure() + "` | `" + metric.fullName());
            }
        }
    }
}
