package io.weir.cli.letter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What could not be carried out and what is decided about it, on a real broker; told in order. */
@TestMethodOrder(OrderAnnotation.class)
class DeadLettersCommandTest {
    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = TestSystem.start(directory);
        Map<String, Object> config = system.connection().producerConfig("letters");
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        try (var producer = new KafkaProducer<byte[], byte[]>(config);
                var serializer = new ConfluentAvroSerializer()) {
            serializer.configure(system.connection().serdeConfig(), false);
            byte[] failed = serializer.serialize(Topics.ACTIONS, request("id-1", "lock", "/in/a b.zip"));
            send(producer, failed, DeadLetter.ACTION_FAILED, "attempt 1: EIO; attempt 2: EIO", Topics.ACTIONS);
            byte[] unknown = serializer.serialize(Topics.ACTIONS, request("id-2", "other", "/in/b.zip"));
            send(producer, unknown, "unacceptable request", "action 'x' is not known", Topics.ACTIONS);
            send(producer, new byte[] {1, 2, 3}, "undecodable", "no magic byte", Topics.ACTIONS);
            send(producer, new byte[] {1, 2, 3}, "undecodable", "no magic byte", Topics.FILE_EVENTS);
            byte[] gathered = serializer.serialize(Topics.DIGESTS, request("id-4", "tell", "/in/c.zip"));
            send(producer, gathered, DeadLetter.ACTION_FAILED, "attempt 1: no mail server", Topics.DIGESTS);
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, byte @Nullable [] value, String cause, String detail, String topic)
            throws Exception {
        String key = topic.equals(Topics.DIGESTS) ? "tell" : "v:/in";
        var record = new ProducerRecord<>(Topics.DEAD_LETTERS, key.getBytes(UTF_8), value);
        new Causation("a:1:1", "a:1:1", 0).write(record.headers());
        new DeadLetter("worker", cause, detail, topic, 1, 17).write(record.headers());
        producer.send(record).get();
    }

    private static ActionRequest request(String id, String rule, String path) {
        return ActionRequest.newBuilder()
                .setId(id)
                .setRule(rule)
                .setRulesOffset(1)
                .setPosition(0)
                .setAction("chmod")
                .setParameters(Map.of("mode", "0640"))
                .setEvent(FileEvent.newBuilder()
                        .setType("created")
                        .setVolume("v")
                        .setPath(path)
                        .setAgent("a")
                        .setEpoch(1)
                        .setSequence(1)
                        .setObservedAt(Instant.EPOCH)
                        .setHost("h")
                        .build())
                .setEventPartition(0)
                .setEventOffset(0)
                .setNotAfter(Instant.EPOCH)
                .build();
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    @Order(1)
    void allThatIsOpenIsListed() {
        CommandRun run = system.weir("dead-letters", "list");
        assertThat(run.out())
                .containsPattern("0 +\\S+Z +open +lock +chmod v:/in/a b.zip +action failed: attempt 1: EIO; attempt 2")
                .containsPattern("1 +\\S+Z +open +other +chmod v:/in/b.zip +unacceptable request")
                .containsPattern("2 +\\S+Z +open +- +undecodable: no magic byte");
        assertThat(system.weir("dead-letters", "list", "--rule", "other", "-o", "json")
                        .out())
                .startsWith("{\"number\":1,")
                .contains("\"state\":\"open\"")
                .contains("\"actionId\":\"id-2\"")
                .hasLineCount(1);
        assertThat(system.weir("dead-letters", "list", "--cause", "nothing of this")
                        .err())
                .contains("no dead letters");
    }

    @Test
    @Order(2)
    void oneIsShownWithTheReasonOfEveryAttempt() {
        assertThat(system.weir("dead-letters", "show", "0").out())
                .containsPattern("reason +attempt 1: EIO\n")
                .containsPattern("reason +attempt 2: EIO\n")
                .containsPattern("from +weir.actions-1@17\n")
                .containsPattern("chain +weir trace a:1:1\n");
        CommandRun none = system.weir("dead-letters", "show", "99");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("dead letter 99 is not there");
    }

    @Test
    @Order(3)
    void whatHasFailedIsAskedForAgainUnderAnIdOfItsOwn() {
        assertThat(system.weir("dead-letters", "retry", "--rule", "lock", "--reason", "disk mended")
                        .out())
                .isEqualTo("dead-letter/0 retried as action id-1-r0\n");
        ConsumerRecord<String, SpecificRecord> again =
                system.records(Topics.ACTIONS).get(0);
        ActionRequest request = (ActionRequest) again.value();
        assertThat(request.getId()).isEqualTo("id-1-r0");
        assertThat(request.getEvent().getPath()).isEqualTo("/in/a b.zip");
        assertThat(request.getNotAfter()).isAfter(Instant.now());
        assertThat(again.key()).isEqualTo("v:/in");
        assertThat(Causation.read(again.headers())).contains(new Causation("a:1:1", "a:1:1", 0));
        assertThat(DeadLetter.read(again.headers())).isEmpty();
        assertThat(system.weir("dead-letters", "show", "0").out())
                .containsPattern("state +retried by .*: disk mended\n");
    }

    @Test
    @Order(4)
    void whatWasNeverTriedKeepsItsIdAndBytesStayAsTheyWere() {
        assertThat(system.weir("dead-letters", "retry", "1", "2").out())
                .isEqualTo("dead-letter/1 retried as action id-2\ndead-letter/2 retried as it was\n");
    }

    @Test
    @Order(5)
    void onlyRequestsCanBeRetried() {
        CommandRun run = system.weir("dead-letters", "retry", "3");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("comes from topic='weir.file-events' and is no action request");
        assertThat(system.weir("dead-letters", "retry").code()).isEqualTo(2);
    }

    @Test
    @Order(6)
    void aRequestThatWasGatheredIsGatheredAgainWithThoseOfItsRule() {
        assertThat(system.weir("dead-letters", "retry", "4").out())
                .isEqualTo("dead-letter/4 retried as action id-4-r4\n");
        ConsumerRecord<String, SpecificRecord> again =
                system.records(Topics.DIGESTS).get(0);
        assertThat(((ActionRequest) again.value()).getId()).isEqualTo("id-4-r4");
        assertThat(again.key()).as("as it was written").isEqualTo("tell");
    }

    @Test
    @Order(7)
    void whatIsDiscardedIsNotOpenAnyMore() {
        assertThat(system.weir("dead-letters", "discard", "--cause", "undecodable")
                        .out())
                .isEqualTo("dead-letter/3 discarded\n");
        assertThat(system.weir("dead-letters", "list").err()).contains("no dead letters");
        assertThat(system.weir("dead-letters", "list", "--all").out())
                .containsPattern("0 +\\S+Z +retried")
                .containsPattern("3 +\\S+Z +discarded");
    }
}
