package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Rule;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.Uncounted;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the topics that a filter reads: it goes on, and what follows is judged as ever. */
@Timeout(120)
class FilterFuzzTest {
    private static final int RECORDS = 20_000;
    private static final String[] HEADERS = {
        "causation-id", "correlation-id", "causation-depth", "causation-evidence", "reset-rule", "apply-id", "other"
    };
    private static final List<String> RULES = List.of(
            """
            id: zip
            on: [created, written, moved]
            when: [ { extension: zip } ]
            breaker: { firings: 3, within: 1m }
            actions: [ { quarantine: { to: /.q } } ]
            """,
            """
            id: settled
            on: [written, created]
            settle: 5s
            causes: [external, action]
            max-depth: 2
            actions: [ { mail: { subject: s } } ]
            """,
            """
            id: many
            on: [created, deleted]
            when:
              - burst: { count: 3, within: 10s, by: directory }
            actions: [ { mail: { subject: s } } ]
            """);

    @TempDir
    Path directory;

    private final FakeRegistry registry = new FakeRegistry();
    private final ConfluentAvroSerializer avro = new ConfluentAvroSerializer();
    private final FilterFigures figures = new FilterFigures();
    private FilterParts parts;
    private TopologyTestDriver driver;

    @BeforeEach
    void open() {
        FilterConfig config = FilterConfig.of(KafkaConnection.of("127.0.0.1:1", registry.url()), directory)
                .withActionTypes(TestRules.TYPES);
        avro.configure(config.connection().serdeConfig(), false);
        parts = new FilterParts(config, figures, report -> {});
        driver = new TopologyTestDriver(FilterTopology.build(parts), StreamsSettings.of(config), Instant.EPOCH);
        input(Topics.VOLUMES).pipeInput("inbox", new byte[] {1});
    }

    @AfterEach
    void close() {
        driver.close();
        parts.close();
        avro.close();
        registry.close();
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private byte[] bytes(String topic, SpecificRecord record) {
        return Objects.requireNonNull(avro.serialize(topic, record));
    }

    private long figure(String name) {
        return figures.snapshot().getOrDefault(name, -1L);
    }

    private static byte[] mutate(Random random, byte[] good) {
        byte[] mutant = good.clone();
        for (int i = random.nextInt(4); i >= 0 && mutant.length > 5; i--) {
            int at = 5 + random.nextInt(mutant.length - 5);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) random.nextInt();
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant[at] = (byte) 0xff;
                default -> mutant = Arrays.copyOf(mutant, at + random.nextInt(16));
            }
        }
        return mutant;
    }

    private static Headers headers(Random random) {
        Headers headers = new RecordHeaders();
        while (random.nextInt(3) == 0) {
            byte[] value = new byte[random.nextInt(12)];
            random.nextBytes(value);
            headers.add(
                    HEADERS[random.nextInt(HEADERS.length)],
                    switch (random.nextInt(4)) {
                        case 0 -> null;
                        case 1 -> value;
                        default -> Integer.toString(random.nextInt(5) - 2).getBytes(UTF_8);
                    });
        }
        return headers;
    }

    private FileEvent event(Random random, long sequence) {
        if (random.nextInt(3) > 0) {
            return Events.generated(random);
        }
        String type =
                List.of("created", "written", "moved", "reset", "tick", "gap").get(random.nextInt(6));
        return Events.event(type, "/" + random.nextInt(3) + ".zip", sequence);
    }

    @Test
    void itGoesOnWhateverItReads() {
        Random random = Seed.random("FilterFuzzTest");
        TestInputTopic<String, byte[]> rules = input(Topics.RULES);
        for (String rule : RULES) {
            String id = rule.substring(4, rule.indexOf('\n'));
            rules.pipeInput(id, avro.serialize(Topics.RULES, rule(id, rule)));
        }
        TestInputTopic<String, byte[]> events = input(Topics.FILE_EVENTS);
        TestInputTopic<String, byte[]> contributions = input(Topics.AGGREGATES);
        for (int i = 0; i < RECORDS; i++) {
            Instant at = Instant.EPOCH.plusMillis(i * 10L);
            try {
                FileEvent event = event(random, i);
                switch (random.nextInt(8)) {
                    case 0 -> {
                        Contribution contribution = Uncounted.contribution("many", event);
                        byte[] value = mutate(random, bytes(Topics.AGGREGATES, contribution));
                        contributions.pipeInput(new TestRecord<>("many", value, headers(random), at));
                    }
                    case 1 -> {
                        byte[] value = mutate(random, bytes(Topics.RULES, rule("other", RULES.get(0))));
                        rules.pipeInput(new TestRecord<>("other", value, headers(random), at));
                    }
                    default -> {
                        byte[] good = bytes(Topics.FILE_EVENTS, event);
                        byte[] value = random.nextBoolean() ? good : mutate(random, good);
                        events.pipeInput(new TestRecord<>("inbox:/", value, headers(random), at));
                    }
                }
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail("record " + i, e);
            }
        }
        TestOutputTopic<byte[], byte[]> dead =
                driver.createOutputTopic(Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        assertThat(figure("undecodable")).isPositive();
        assertThat((long) dead.readValuesToList().size()).isGreaterThanOrEqualTo(figure("undecodable"));
        long matched = figure("matched");
        events.pipeInput("inbox:/", avro.serialize(Topics.FILE_EVENTS, fresh()), Instant.EPOCH.plusSeconds(100_000));
        assertThat(figure("matched")).isGreaterThan(matched);
    }

    /** Of an agent that nobody has named so far. */
    private static FileEvent fresh() {
        FileEvent event = Events.event("created", "/fresh/last.zip", 1);
        return FileEvent.newBuilder(event).setAgent("fresh").build();
    }

    private static Rule rule(String id, String definition) {
        return Rule.newBuilder().setId(id).setDefinition(definition).build();
    }

    /** Of a clock that is centuries ahead: what is counted in nanoseconds overflows. */
    @Test
    void aContributionThatCannotBeCountedIsADeadLetter() {
        String counts = RULES.get(2);
        input(Topics.RULES).pipeInput("many", avro.serialize(Topics.RULES, rule("many", counts)));
        FileEvent event = FileEvent.newBuilder(Events.event("created", "/a", 1))
                .setObservedAt(Instant.EPOCH.plus(400 * 365, ChronoUnit.DAYS))
                .build();
        input(Topics.FILE_EVENTS).pipeInput("inbox:/", avro.serialize(Topics.FILE_EVENTS, event));
        TestOutputTopic<byte[], byte[]> dead =
                driver.createOutputTopic(Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer());

        assertThat(dead.readRecordsToList()).isNotEmpty().allSatisfy(letter -> assertThat(
                        DeadLetter.read(letter.headers()).orElseThrow().cause())
                .isEqualTo("counting failed"));
    }

    /** The registry may hold schemas of others, to which a record can point. */
    @Test
    void anEventOfASchemaThatIsNoneOfAvroIsADeadLetter() {
        int id = registry.id("syntax = 'proto3';");
        byte[] value = bytes(Topics.FILE_EVENTS, Events.event("created", "/a.zip", 1));
        value[4] = (byte) id;

        input(Topics.FILE_EVENTS).pipeInput("inbox:/", value);

        assertThat(figures.snapshot()).containsEntry("undecodable", 1L);
    }
}
