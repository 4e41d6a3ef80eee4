package io.weir.it.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.it.TestCluster;
import io.weir.schemas.ControlState;
import io.weir.schemas.Volume;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.Compatibility;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import io.weir.schemas.topic.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The serdes and the client with a real broker and a real registry. */
class SerdeOnRegistryTest {
    private static final Instant TIME = Instant.parse("2026-11-21T22:42:00.123456Z");
    private static final Volume VOLUME = new Volume("web1", "mounted", "worker-1", TIME);

    @AutoClose
    private static final TestCluster CLUSTER = TestCluster.start().withTopics();

    @Test
    void aRegistryThatIsAwayAtFirstIsFoundWhenItIsBack() throws Exception {
        int port = freePort();
        String url = "http://127.0.0.1:" + port;
        try (ConfluentAvroSerializer impatient = serializer(Map.of("schema.registry.url", url, "max.retries", 0));
                ConfluentAvroSerializer patient = serializer(
                        Map.of("schema.registry.url", url, "max.retries", 600, "retries.max.wait.ms", 100))) {
            SerializationException e = catchThrowableOfType(
                    SerializationException.class, () -> impatient.serialize(Topics.VOLUMES, VOLUME));
            assertThat(e)
                    .hasMessageContaining("topic='weir.volumes'")
                    .hasMessageContaining("no schema registry answers at [" + url)
                    .cause()
                    .isInstanceOfSatisfying(RegistryException.class, r -> assertThat(r.isUnavailable())
                            .isTrue());
            CompletableFuture<byte[]> waiting =
                    CompletableFuture.supplyAsync(() -> patient.serialize(Topics.VOLUMES, VOLUME));

            try (EmbeddedRegistry back = EmbeddedRegistry.start(CLUSTER.bootstrapServers(), port)) {
                assertThat(back.port()).isEqualTo(port);
                assertThat(waiting.get(60, TimeUnit.SECONDS)).isNotEmpty();
                assertThat(impatient.serialize(Topics.VOLUMES, VOLUME)).isNotEmpty();
            }
            assertThat(impatient.serialize(Topics.VOLUMES, VOLUME)).isNotEmpty();
        }
    }

    @Test
    void ofSeveralAddressesTheLivingOneIsUsed() throws Exception {
        String urls = "http://127.0.0.1:" + freePort() + "," + CLUSTER.registryUrl();
        try (ConfluentAvroSerializer serializer = serializer(Map.of("schema.registry.url", urls))) {
            assertThat(serializer.serialize(Topics.VOLUMES, VOLUME)).isNotEmpty();
        }
    }

    @Test
    void credentialsAndTokensOpenAGuardedRegistry() throws Exception {
        String basic = "Basic " + Base64.getEncoder().encodeToString("alice:s3cret".getBytes(UTF_8));
        try (CheckingProxy proxy = new CheckingProxy(CLUSTER.registryUrl(), basic)) {
            String address = "127.0.0.1:" + proxy.port();
            assertThat(subjects(Map.of("schema.registry.url", "http://alice:s3cret@" + address)))
                    .contains("weir.volumes-value");
            assertThat(subjects(Map.of(
                            "schema.registry.url", "http://" + address,
                            "basic.auth.credentials.source", "USER_INFO",
                            "basic.auth.user.info", "alice:s3cret")))
                    .contains("weir.volumes-value");
            RegistryException e = catchThrowableOfType(
                    RegistryException.class,
                    () -> subjects(Map.of("schema.registry.url", "http://alice:wr0ng@" + address)));
            assertThat(e.httpStatus()).isEqualTo(401);
            assertThat(e.getMessage())
                    .contains("check basic.auth.* or bearer.auth.*")
                    .doesNotContain("wr0ng");
        }
        try (CheckingProxy proxy = new CheckingProxy(CLUSTER.registryUrl(), "Bearer t0ken")) {
            assertThat(subjects(Map.of(
                            "schema.registry.url", "http://127.0.0.1:" + proxy.port(),
                            "bearer.auth.credentials.source", "STATIC_TOKEN",
                            "bearer.auth.token", "t0ken")))
                    .contains("weir.volumes-value");
        }
    }

    @Test
    void aRecordOfAnotherTypeStopsTheReaderAndCanBePassedOver() throws Exception {
        String topic = "wrong-type";
        try (Admin admin = Admin.create(CLUSTER.connection().adminConfig("it"))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        try (SchemaRegistryClient registry =
                new SchemaRegistryClient(CLUSTER.connection().serdeConfig())) {
            registry.setCompatibility(topic + "-value", Compatibility.NONE);
        }
        KafkaConnection connection = CLUSTER.connection();
        CLUSTER.sendRegistering(List.of(
                new ProducerRecord<String, SpecificRecord>(
                        topic, "k", new ControlState("all", true, "r", "b", TIME, List.of())),
                new ProducerRecord<String, SpecificRecord>(topic, "k", VOLUME)));
        Map<String, Object> config = connection.consumerConfig("it");
        config.put("specific.avro.value.type", Volume.class);
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, Volume> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));

            assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
                    .isInstanceOfSatisfying(RecordDeserializationException.class, e -> assertThat(e.offset())
                            .isZero())
                    .rootCause()
                    .hasMessageMatching("topic='wrong-type', schema id [0-9]+: the record is a"
                            + " io.weir.schemas.ControlState; expected io.weir.schemas.Volume");

            consumer.seek(partition, 1);
            assertThat(consumer.poll(Duration.ofSeconds(30)))
                    .extracting(r -> r.value())
                    .containsExactly(VOLUME);
        }
    }

    private static List<String> subjects(Map<String, ?> config) {
        try (SchemaRegistryClient client = new SchemaRegistryClient(config)) {
            return client.subjects();
        }
    }

    private static ConfluentAvroSerializer serializer(Map<String, ?> extra) {
        Map<String, Object> config = new HashMap<>(Map.of("retries.wait.ms", 20));
        config.putAll(extra);
        ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();
        serializer.configure(config, false);
        return serializer;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
