package io.weir.cli.lines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.schemas.topic.Causation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
    private final JsonFormat format = new JsonFormat();

    @Test
    void readyIsTheKindAndWhatIsWatched() throws JsonProcessingException {
        JsonNode json = read(new Line.Ready(List.of("inbox"), "127.0.0.1:9092", "http://127.0.0.1:8081"));

        assertThat(json.path("kind").asText()).isEqualTo("ready");
        assertThat(json.path("volumes").get(0).asText()).isEqualTo("inbox");
        assertThat(json.path("bootstrapServers").asText()).isEqualTo("127.0.0.1:9092");
        assertThat(format.format(new Line.Ready(List.of("inbox"), "", "")))
                .isEqualTo("{\"kind\":\"ready\",\"volumes\":[\"inbox\"]}");
    }

    @Test
    void eventHasItsOwnFieldNames() throws JsonProcessingException {
        JsonNode json = read(new Line.Event(
                SampleEvents.event("moved", "/b.txt")
                        .setPreviousPath("/a.txt")
                        .setState(SampleEvents.state())
                        .build(),
                Optional.of(new Causation("action-1", "host-1:1:40", 1))));

        assertThat(json.path("kind").asText()).isEqualTo("event");
        assertThat(json.path("type").asText()).isEqualTo("moved");
        assertThat(json.path("volume").asText()).isEqualTo("inbox");
        assertThat(json.path("path").asText()).isEqualTo("/b.txt");
        assertThat(json.path("previousPath").asText()).isEqualTo("/a.txt");
        assertThat(json.path("id").asText()).isEqualTo("host-1:1:42");
        assertThat(json.path("origin").asText()).isEqualTo("live");
        assertThat(json.path("observedAt").asText()).isEqualTo("2026-01-02T03:04:05.678901Z");
        assertThat(json.path("causationId").asText()).isEqualTo("action-1");
        assertThat(json.path("correlationId").asText()).isEqualTo("host-1:1:40");
        assertThat(json.path("state").path("mode").asText()).isEqualTo("0640");
        assertThat(json.path("state").path("size").asLong()).isEqualTo(5);
    }

    @Test
    void absentValuesHaveNoField() throws JsonProcessingException {
        JsonNode json = read(new Line.Event(SampleEvents.event("created", "/a").build(), Optional.empty()));

        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactly("kind", "type", "volume", "path", "id", "origin", "observedAt", "host");
    }

    @Test
    void bytesOfANameThatIsNotTextAreBase64() throws JsonProcessingException {
        JsonNode json = read(new Line.Event(
                SampleEvents.event("created", "/\uFFFD")
                        .setRawPath(ByteBuffer.wrap(new byte[] {'/', (byte) 0xff}))
                        .build(),
                Optional.empty()));

        assertThat(json.path("rawPath").asText()).isEqualTo("L/8=");
    }

    @Test
    void actionHasTheCausationIdThatItsEventsCarry() throws JsonProcessingException {
        JsonNode json = read(action(Optional.of(new Causation("action-1", "host-1:1:42", 1))));

        assertThat(json.path("kind").asText()).isEqualTo("action");
        assertThat(json.path("rule").asText()).isEqualTo("archives");
        assertThat(json.path("action").asText()).isEqualTo("quarantine");
        assertThat(json.path("volume").asText()).isEqualTo("inbox");
        assertThat(json.path("path").asText()).isEqualTo("/a.zip");
        assertThat(json.path("target").asText()).isEqualTo("/.quarantine/a.zip");
        assertThat(json.path("outcome").asText()).isEqualTo("done");
        assertThat(json.path("causationId").asText()).isEqualTo("action-1");
        assertThat(json.path("correlationId").asText()).isEqualTo("host-1:1:42");
        assertThat(json.path("event").asText()).isEqualTo("host-1:1:42");
        assertThat(read(action(Optional.empty())).path("causationId").asText()).isEqualTo("action-1");
    }

    @Test
    void matchSuppressedGapRuleAndErrorSayWhatTheyAreAbout() throws JsonProcessingException {
        assertThat(format.format(new Line.Match(List.of("r"), List.of("x"), "a:1:2", "written", "inbox", "/f")))
                .isEqualTo(
                        "{\"kind\":\"match\",\"rules\":[\"r\"],\"rule\":\"r\",\"event\":\"a:1:2\",\"type\":\"written\","
                                + "\"volume\":\"inbox\",\"path\":\"/f\",\"actionIds\":[\"x\"]}");
        assertThat(format.format(new Line.Suppressed(
                        "suppressed",
                        List.of(),
                        "a:1:2",
                        "moved",
                        "inbox",
                        "/f",
                        Optional.of("x"),
                        Optional.of("scope"),
                        Optional.empty())))
                .isEqualTo(
                        "{\"kind\":\"suppressed\",\"type\":\"moved\",\"volume\":\"inbox\",\"path\":\"/f\","
                                + "\"causationId\":\"x\",\"causationEvidence\":\"scope\",\"outcome\":\"suppressed\",\"rules\":[],\"event\":\"a:1:2\"}");
        assertThat(read(new Line.Gap(SampleEvents.gap())).path("reason").asText())
                .isEqualTo("overflow");
        assertThat(format.format(new Line.Rule("r", "rejected", List.of("why"), Optional.empty(), Optional.empty())))
                .isEqualTo("{\"kind\":\"rule\",\"rule\":\"r\",\"status\":\"rejected\",\"faults\":[\"why\"]}");
        assertThat(format.format(
                        new Line.Rule("r", "tripped", List.of("why"), Optional.of("inbox"), Optional.of("/f"))))
                .isEqualTo("{\"kind\":\"rule\",\"rule\":\"r\",\"status\":\"tripped\",\"faults\":[\"why\"],"
                        + "\"volume\":\"inbox\",\"path\":\"/f\"}");
        assertThat(format.format(new Line.Alert(SampleEvents.alert())))
                .isEqualTo("{\"kind\":\"alert\",\"alert\":\"breaker-tripped\",\"rule\":\"r\",\"volume\":\"inbox\","
                        + "\"path\":\"/f\",\"message\":\"suspended\",\"firings\":2,\"withinMs\":60000,"
                        + "\"since\":\"1970-01-01T00:00:01Z\",\"at\":\"1970-01-01T00:00:02Z\",\"evidence\":["
                        + "{\"event\":\"a:1:1\",\"actionIds\":[\"x\"]},{\"event\":\"a:1:2\",\"actionIds\":[]}]}");
        assertThat(format.format(new Line.Failure("no luck")))
                .isEqualTo("{\"kind\":\"error\",\"message\":\"no luck\"}");
    }

    @Test
    void newlineInANameStaysWithinTheLine() throws JsonProcessingException {
        Line line = new Line.Event(SampleEvents.event("created", "/a\nb").build(), Optional.empty());

        assertThat(format.format(line)).doesNotContain("\n");
        assertThat(read(line).path("path").asText()).isEqualTo("/a\nb");
    }

    private static Line.Action action(Optional<Causation> causation) {
        return new Line.Action(
                "archives",
                "quarantine",
                "action-1",
                1,
                "inbox",
                "/a.zip",
                Optional.of("/.quarantine/a.zip"),
                "done",
                Optional.empty(),
                "host-1:1:42",
                causation);
    }

    private JsonNode read(Line line) throws JsonProcessingException {
        return new ObjectMapper().readTree(format.format(line));
    }
}
