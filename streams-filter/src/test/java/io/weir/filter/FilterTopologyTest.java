package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.Alert;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroDeserializer;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.TopicCatalog;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.TopicSpec;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterTopologyTest {
    private static final String CHANGELOG = "weir-filter-sequence-numbers-changelog";

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private final List<RuleReport> reports = new ArrayList<>();
    private final ConfluentAvroSerializer avro = new ConfluentAvroSerializer();
    private FilterParts parts;
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> rules;
    private TestInputTopic<String, byte[]> events;
    private FilterConfig config;

    @BeforeEach
    void open() {
        config = FilterConfig.of(KafkaConnection.of("127.0.0.1:1", registry.url()), directory)
                .withActionTypes(TestRules.TYPES);
        avro.configure(config.connection().serdeConfig(), false);
        parts = new FilterParts(config, new FilterFigures(), reports::add);
        Properties settings = StreamsSettings.of(config);
        driver = new TopologyTestDriver(FilterTopology.build(parts), settings, Instant.ofEpochMilli(0));
        rules = driver.createInputTopic(Topics.RULES, new StringSerializer(), new ByteArraySerializer());
        events = driver.createInputTopic(Topics.FILE_EVENTS, new StringSerializer(), new ByteArraySerializer());
        driver.createInputTopic(Topics.VOLUMES, new StringSerializer(), new ByteArraySerializer())
                .pipeInput("inbox", new byte[] {1});
    }

    @AfterEach
    void close() {
        driver.close();
        parts.close();
        avro.close();
        registry.close();
    }

    private void put(String id, String definition, @Nullable String applyId) {
        Rule rule = Rule.newBuilder()
                .setId(id)
                .setDefinition(definition)
                .setApplyId(applyId)
                .build();
        rules.pipeInput(new TestRecord<>(id, avro.serialize(Topics.RULES, rule), headers(applyId)));
    }

    private void delete(String id, String applyId) {
        rules.pipeInput(new TestRecord<>(id, null, headers(applyId)));
    }

    private void manifest(String applyId, Map<String, String> written, Set<String> deleted) {
        Manifest manifest = Manifest.newBuilder()
                .setApplyId(applyId)
                .setWritten(List.copyOf(written.keySet()))
                .setDeleted(List.copyOf(deleted))
                .setHash(RulesApply.hash(written, deleted))
                .setBaseOffset(0)
                .setWrittenAt(Instant.EPOCH)
                .build();
        rules.pipeInput(new TestRecord<>("#apply", avro.serialize(Topics.RULES, manifest), headers(applyId)));
    }

    private static Headers headers(@Nullable String applyId) {
        Headers headers = new RecordHeaders();
        if (applyId != null) {
            RulesApply.stamp(headers, applyId);
        }
        return headers;
    }

    private void event(String path, long sequence) {
        FileEvent event = Events.event("created", path, sequence);
        events.pipeInput("inbox:/", avro.serialize(Topics.FILE_EVENTS, event));
    }

    private <T> List<T> read(String topic, Class<T> type) {
        ConfluentAvroDeserializer<T> deserializer = new ConfluentAvroDeserializer<>(type);
        deserializer.configure(config.connection().serdeConfig(), false);
        TestOutputTopic<byte[], T> output = driver.createOutputTopic(topic, new ByteArrayDeserializer(), deserializer);
        return output.readValuesToList();
    }

    /** A filter has no right to make topics. */
    @Test
    void theTopicsOfItsStateAreInTheCatalog() {
        assertThat(new TopicCatalog()
                        .filterState(TopicSettings.embedded()).stream().map(TopicSpec::name))
                .containsExactlyInAnyOrderElementsOf(driver.getAllStateStores().keySet().stream()
                        .filter(store -> !store.equals(FilterTopology.RULES_STORE) && !store.equals("volumes"))
                        .map(store -> config.applicationId() + "-" + store + "-changelog")
                        .toList());
    }

    @Test
    void rulesChangeAsAWholeAtTheManifest() {
        String zip = TestRules.definition("zip", "zip");
        String rar = TestRules.definition("rar", "rar");
        put("zip", zip, "one");
        put("rar", rar, "one");
        event("/a.zip", 1);
        assertThat(read(Topics.DECISIONS, Decision.class)).isEmpty();

        manifest("one", Map.of("zip", zip, "rar", rar), Set.of());
        event("/b.zip", 2);
        event("/b.rar", 3);
        delete("zip", "two");
        event("/c.zip", 4);
        manifest("two", Map.of(), Set.of("zip"));
        event("/d.zip", 5);
        event("/d.rar", 6);

        assertThat(read(Topics.DECISIONS, Decision.class))
                .extracting(Decision::getPath, Decision::getRulesOffset)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("/b.zip", 2L),
                        org.assertj.core.groups.Tuple.tuple("/b.rar", 2L),
                        org.assertj.core.groups.Tuple.tuple("/c.zip", 2L),
                        org.assertj.core.groups.Tuple.tuple("/d.rar", 4L));
        assertThat(read("weir.actions.inbox", ActionRequest.class))
                .extracting(request -> request.getEvent().getPath())
                .containsExactly("/b.zip", "/b.rar", "/c.zip", "/d.rar");
    }

    @Test
    void aBadRuleIsRejectedAloneAndReported() {
        put("zip", TestRules.definition("zip", "zip"), null);
        put("bad", "id: bad\non: created\nactions: fly\n", null);
        event("/a.zip", 1);
        assertThat(read(Topics.DECISIONS, Decision.class)).hasSize(1);
        assertThat(reports).extracting(RuleReport::status).containsExactly("accepted", "rejected");
    }

    @Test
    void aRecordOfRulesThatMakesTheProcessorFailIsPassedOver() {
        rules.pipeInput(null, new byte[] {1});
        put("zip", TestRules.definition("zip", "zip"), null);
        event("/a.zip", 1);
        assertThat(read(Topics.DECISIONS, Decision.class)).hasSize(1);
        assertThat(StreamsSettings.of(config))
                .containsEntry("processing.exception.handler.global.enabled", true)
                .containsEntry("main.consumer.processing.exception.handler.global.enabled", true);
    }

    @Test
    void anUndecodableRuleRecordIsReportedAndPassedOver() {
        rules.pipeInput("x", "no avro".getBytes(UTF_8));
        put("zip", TestRules.definition("zip", "zip"), null);
        event("/a.zip", 1);
        assertThat(read(Topics.DECISIONS, Decision.class)).hasSize(1);
        assertThat(reports.get(0).status()).isEqualTo("rejected");
        assertThat(reports.get(0).faults()).singleElement().asString().contains("wire format");
    }

    @Test
    void anUndecodableEventIsADeadLetter() {
        events.pipeInput("inbox:/", "no avro".getBytes(UTF_8));
        TestOutputTopic<byte[], byte[]> letters =
                driver.createOutputTopic(Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TestRecord<byte[], byte[]> letter = letters.readRecord();
        assertThat(letter.value()).isEqualTo("no avro".getBytes(UTF_8));
        assertThat(DeadLetter.read(letter.headers()).orElseThrow().cause()).isEqualTo("undecodable event");
    }

    @Test
    void aSuspendedRuleIsToldWithTheEvidenceAndNoLongerWhenItIsReset() {
        put("zip", TestRules.definition("zip", "zip", "breaker: {firings: 1, within: 1h}"), null);
        event("/a.zip", 1);
        event("/a.zip", 2);

        assertThat(read(Topics.DECISIONS, Decision.class))
                .extracting(Decision::getOutcome)
                .containsExactly("matched", "tripped");
        assertThat(read(Topics.ALERTS, Alert.class)).singleElement().satisfies(alert -> assertThat(alert.getEvidence())
                .hasSize(2));
        TestOutputTopic<String, byte[]> statuses =
                driver.createOutputTopic(Topics.RULE_STATUS, new StringDeserializer(), new ByteArrayDeserializer());
        assertThat(statuses.readKeyValue().key).isEqualTo("zip:inbox:/a.zip");

        BreakerReset reset = new BreakerReset(new RulePath("zip", "inbox", "/a.zip"));
        RecordHeaders headers = new RecordHeaders();
        reset.write(headers);
        byte[] value = avro.serialize(Topics.FILE_EVENTS, reset.event("ann", "host-1", Instant.EPOCH));
        events.pipeInput(new TestRecord<>("inbox:/", value, headers));

        assertThat(statuses.readKeyValue()).isEqualTo(KeyValue.pair("zip:inbox:/a.zip", null));
        event("/a.zip", 3);
        assertThat(read(Topics.DECISIONS, Decision.class))
                .extracting(Decision::getOutcome)
                .containsExactly("matched");
        assertThat(driver.producedTopicNames())
                .as("how often it fired is kept")
                .contains("weir-filter-event-state-changelog");
    }

    @Test
    void numbersGoToTheChangelogWithTheCommitOfTheirEvents() {
        event("/a.txt", 1);
        event("/b.txt", 2);
        TestOutputTopic<byte[], byte[]> changelog =
                driver.createOutputTopic(CHANGELOG, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        // The driver commits after each record: of the agent twice, of the rules' offset at its first change.
        assertThat(changelog.readRecordsToList()).hasSize(3);
        event("/b.txt", 2);
        assertThat(changelog.isEmpty()).isTrue();
    }

    @Test
    void internalTopicsAreNamedExplicitly() {
        event("/a.txt", 1);
        assertThat(driver.producedTopicNames()).containsExactlyInAnyOrder(CHANGELOG, Topics.RULES_IN_FORCE);
        assertThat(StreamsSettings.of(config))
                .containsEntry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    }
}
