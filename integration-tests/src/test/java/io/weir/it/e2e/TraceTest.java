package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.cli.CommandContext;
import io.weir.cli.Main;
import io.weir.cli.StopRequest;
import io.weir.it.TestCluster;
import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from a file that is dropped, on the whole system: a chain of two actions and of a rule that counts. */
class TraceTest {
    private static final String RULES =
            """
            rules:
              - id: put-away
                on: written
                when: { extension: zip }
                actions:
                  - quarantine: { to: /q }
              - id: lock
                on: moved
                when: { path: /q/** }
                causes: [external, action]
                max-depth: 2
                actions:
                  - chmod: { mode: "0400" }
              - id: many
                on: written
                when: { burst: { count: 2, within: 1m, by: volume } }
                actions:
                  - chmod: { mode: "0600" }
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    @Test
    void aChainIsShownFromTheFirstEventToTheLastEchoAndEachOfItsRecordsNamesIt() throws IOException {
        Path in = Files.createDirectory(home.resolve("in"));
        Files.writeString(home.resolve("rules.yaml"), RULES);
        try (WeirProcess weir =
                WeirProcess.start(home, "up", "--json", "--watch", "in", "-r", "--rules", "rules.yaml")) {
            JsonNode ready = weir.awaitReady().lines("ready").get(0);
            Files.writeString(in.resolve("a.zip"), "PK");
            Files.writeString(in.resolve("b.txt"), "b");
            awaitLast(weir, "/q/a.zip");
            awaitLast(weir, "/b.txt");
            String zip = written(weir, "/a.zip");
            String manifest = onlyFile(in.resolve("q/.weir"));

            assertThat(links(zip))
                    .containsExactlyInAnyOrder(
                            "the begin <- event written /a.zip",
                            "event written /a.zip <- contribution many",
                            "event written /a.zip <- decision matched",
                            "decision matched <- request quarantine",
                            "request quarantine <- result done /q/a.zip",
                            "request quarantine <- event created /q",
                            "event created /q <- decision suppressed",
                            "request quarantine <- event created /q/.weir",
                            "event created /q/.weir <- decision suppressed",
                            "request quarantine <- event created /q/.weir/" + manifest,
                            "event created /q/.weir/" + manifest + " <- decision suppressed",
                            "request quarantine <- event moved /q/a.zip",
                            "event moved /q/a.zip <- decision matched",
                            "decision matched <- request chmod",
                            "request chmod <- result done /q/a.zip",
                            "request chmod <- event attributes-changed /q/a.zip",
                            "event attributes-changed /q/a.zip <- decision suppressed");
            assertThat(trace(written(weir, "/b.txt")))
                    .containsPattern(
                            "decision matched: many; counted 2 events \\(" + zip + ", \\S+\\) up to weir.aggregates-");
            everyRecordNamesItsChain(KafkaConnection.of(
                    ready.path("bootstrapServers").asText(),
                    ready.path("schemaRegistry").asText()));
        }
    }

    /** The last action's result, and its echo: they come independently of each other. */
    private static void awaitLast(WeirProcess weir, String path) {
        weir.awaitLine(
                "suppressed",
                s -> s.path("path").asText().equals(path)
                        && s.path("type").asText().equals("attributes-changed"));
        weir.awaitLine("action", a -> a.path("path").asText().equals(path));
    }

    private static String onlyFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .reduce((a, b) -> a + "|" + b)
                    .orElse("none");
        }
    }

    private static String written(WeirProcess weir, String path) {
        return weir.awaitLine(
                        "event",
                        e -> e.path("type").asText().equals("written")
                                && e.path("path").asText().equals(path))
                .path("id")
                .asText();
    }

    /** In this process, which saves starting another. */
    private String trace(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        StopRequest stop = new StopRequest();
        CommandContext context = new CommandContext(Map.of(), home, home, () -> stop);
        int code = Main.commandLine(context, new PrintWriter(out), new PrintWriter(err))
                .execute(Stream.concat(Stream.of("trace"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(code).as(err.toString()).isZero();
        return out.toString();
    }

    /** Each entry with the one that it follows from. */
    private List<String> links(String id) throws IOException {
        Map<String, String> names = new HashMap<>(Map.of("", "the begin"));
        List<String> links = new ArrayList<>();
        for (String line : trace(id, "-o", "json").lines().toList()) {
            JsonNode entry = JSON.readTree(line);
            names.put(entry.path("record").asText(), name(entry));
            links.add(names.get(entry.path("parent").asText()) + " <- " + name(entry));
        }
        return links;
    }

    private static String name(JsonNode entry) {
        String kind = entry.path("kind").asText();
        return kind + " "
                + switch (kind) {
                    case "event" ->
                        entry.path("type").asText() + " " + entry.path("path").asText();
                    case "decision" -> entry.path("outcome").asText();
                    case "contribution" -> entry.path("rule").asText();
                    case "request" -> entry.path("action").asText();
                    case "result" -> entry.path("outcome").asText() + " " + lastFile(entry.path("effects"));
                    default -> entry.toString();
                };
    }

    private static String lastFile(JsonNode effects) {
        JsonNode last = effects.path(effects.size() - 1);
        return last.path("target").asText(last.path("path").asText());
    }

    private static void everyRecordNamesItsChain(KafkaConnection connection) {
        List<ConsumerRecord<String, FileEvent>> events = TestCluster.read(connection, Topics.FILE_EVENTS);
        List<String> external = new ArrayList<>();
        for (ConsumerRecord<String, FileEvent> event : events) {
            if (Causation.read(event.headers()).isEmpty()) {
                external.add(EventId.of(event.value()).toString());
            }
        }
        List<ConsumerRecord<String, SpecificRecord>> others = new ArrayList<>();
        for (String topic : List.of(Topics.DECISIONS, Topics.AGGREGATES, "weir.actions.in", Topics.ACTION_RESULTS)) {
            List<ConsumerRecord<String, SpecificRecord>> records = TestCluster.read(connection, topic);
            assertThat(records).as(topic).isNotEmpty();
            others.addAll(records);
        }
        assertThat(others).allSatisfy(record -> {
            Optional<Causation> cause = Causation.read(record.headers());
            assertThat(cause).as(record.toString()).isPresent();
            assertThat(external).as(record.toString()).contains(cause.get().correlationId());
            assertThat(record.headers().lastHeader(Causation.CAUSATION_DEPTH)).isNotNull();
        });
    }
}
