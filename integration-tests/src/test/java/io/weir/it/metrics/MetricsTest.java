package io.weir.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.it.Weir;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The whole system serves all that dashboard and alerts ask for, and what is documented to add up does. */
class MetricsTest {
    private static final Path MONITORING = Path.of("../monitoring");
    private static final Pattern NAME = Pattern.compile("\\b(weir|kafka|jvm|process|system)_[a-z0-9_]+");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path home;

    private int port;

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void aSystemAtWork() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path rules = Files.writeString(
                home.resolve("rules.yaml"),
                """
                rules:
                  - id: lock
                    on: created
                    when:
                      - extension: csv
                    actions:
                      - chmod: { mode: "0400" }
                """);
        Path in = Files.createDirectories(home.resolve("in"));
        try (Weir up = Weir.start(
                home, "up", "--watch", in.toString(), "--rules", rules.toString(), "--metrics-port", port + "")) {
            Awaitility.await().atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(() -> {
                assertThat(up.isOver()).as(up.transcript()).isFalse();
                assertThat(get("/health/ready").body()).startsWith("ready\n");
            });
            Files.writeString(in.resolve("a.csv"), "x");
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                            get("/metrics").body())
                    .contains("weir_worker_rule_actions_total{"));
            Map<String, Double> scrape = scrape();
            assertThat(sum(scrape, "weir_filter_records_total"))
                    .isEqualTo(scrape.get("weir_filter_records_read_total"));
            assertThat(sum(scrape, "weir_worker_actions_total"))
                    .isEqualTo(sum(scrape, "weir_worker_rule_actions_total"))
                    .isEqualTo(scrape.get("weir_worker_end_to_end_seconds_count"))
                    .isPositive();
            Set<String> names = names(scrape);
            assertThat(names).containsAll(used(dashboard()));
            assertThat(names).containsAll(used(alerts()));
            // What parts report may be 5 s old, and be of their start.
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                Weir status = Weir.run(home, "status");
                assertThat(status.code()).as(status.transcript()).isZero();
                assertThat(status.out()).contains("AGENT", "FILTER", "WORKER", "complete", "nothing needs anybody");
            });
            assertThat(get("/health/live").body())
                    .isEqualTo("live\nagent: running\nfilter: running\nworker: running\n");
        }
    }

    private Map<String, Double> scrape() throws IOException, InterruptedException {
        Map<String, Double> values = new HashMap<>();
        get("/metrics").body().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return values;
    }

    private static double sum(Map<String, Double> scrape, String name) {
        return scrape.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static Set<String> names(Map<String, Double> scrape) {
        return scrape.keySet().stream()
                .map(line -> line.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
    }

    /** The metrics that expressions of Prometheus name. */
    private static Set<String> used(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> dashboard() throws IOException {
        List<String> expressions = new ArrayList<>();
        JsonNode panels = new ObjectMapper()
                .readTree(MONITORING.resolve("weir-dashboard.json").toFile())
                .path("panels");
        for (JsonNode panel : panels) {
            panel.path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText()));
        }
        assertThat(expressions).hasSizeGreaterThan(20).doesNotContain("");
        return expressions;
    }

    private static List<String> alerts() throws IOException {
        List<String> expressions = new ArrayList<>();
        Object rules = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(MONITORING.resolve("weir-alerts.yml")));
        for (Object group : (List<?>) Objects.requireNonNull(((Map<?, ?>) rules).get("groups"))) {
            for (Object one : (List<?>) Objects.requireNonNull(((Map<?, ?>) group).get("rules"))) {
                Map<?, ?> rule = (Map<?, ?>) one;
                assertThat(keys(rule)).contains("alert", "expr", "labels", "annotations");
                assertThat(keys(rule.get("labels"))).contains("severity");
                assertThat(keys(rule.get("annotations"))).contains("summary", "description");
                expressions.add(String.valueOf(rule.get("expr")));
            }
        }
        return expressions;
    }

    private static Stream<String> keys(@Nullable Object mapping) {
        return ((Map<?, ?>) Objects.requireNonNull(mapping)).keySet().stream().map(String::valueOf);
    }
}
