package io.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.FileEvent;
import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.Volume;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.registry.RegistryException;
import io.weir.schemas.registry.SchemaRegistryClient;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicCatalog;
import io.weir.schemas.topic.TopicException;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.TopicSpec;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TopicAdminTest {
    private static final TopicSettings SETTINGS =
            TopicSettings.embedded().withPartitions(3).withAuditWindow(Duration.ofDays(7));

    @AutoClose
    private final TestCluster cluster = TestCluster.start();

    @Test
    void topicsAndSchemasAreMadeOnceAsTheCatalogHasThem() throws Exception {
        try (TopicAdmin admin = new TopicAdmin(cluster.connection());
                Admin kafka = Admin.create(cluster.connection().adminConfig("it"));
                SchemaRegistryClient registry =
                        new SchemaRegistryClient(cluster.connection().serdeConfig())) {
            List<String> made = admin.create(SETTINGS);

            List<TopicSpec> specs = new TopicCatalog().all(SETTINGS);
            int states = new TopicCatalog().filterState(SETTINGS).size();
            assertThat(made)
                    .hasSize(specs.size() * 2 - 1 + states)
                    .contains("topic weir.rules", "schema weir.rules-value");
            assertThat(admin.create(SETTINGS)).isEmpty();
            for (TopicSpec spec : specs) {
                assertTopic(kafka, spec);
                if (spec.valueSchema().isPresent()) {
                    assertThat(registry.latest(spec.subject()).schema())
                            .isEqualTo(spec.valueSchema().get());
                    assertThat(registry.compatibility(spec.subject())).contains(spec.compatibility());
                }
            }
            assertThat(registry.subjects()).doesNotContain("weir.dead-letters-value");
        }
    }

    private static void assertTopic(Admin kafka, TopicSpec spec) throws Exception {
        TopicDescription topic = Objects.requireNonNull(
                kafka.describeTopics(List.of(spec.name())).allTopicNames().get().get(spec.name()));
        assertThat(topic.partitions()).as(spec.name()).hasSize(spec.partitions());
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
        var config = Objects.requireNonNull(
                kafka.describeConfigs(List.of(resource)).all().get().get(resource));
        assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        spec.configs().forEach((name, value) -> assertThat(config.get(name).value())
                .as(spec.name() + " " + name)
                .isEqualTo(value));
    }

    @Test
    void aChangedPartitionCountOfFileEventsIsRefused() throws Exception {
        try (TopicAdmin admin = new TopicAdmin(cluster.connection());
                Admin kafka = Admin.create(cluster.connection().adminConfig("it"))) {
            admin.create(SETTINGS);
            admin.create(SETTINGS.withPartitions(8));
            admin.check();
            kafka.createPartitions(Map.of(Topics.FILE_EVENTS, NewPartitions.increaseTo(5)))
                    .all()
                    .get();

            assertThatThrownBy(admin::check)
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining("topic='weir.file-events' has 5 partitions, but was made with 3");
        }
    }

    @Test
    void aTopicWithoutLogAppendTimeAndMissingTopicsAreNamedAtOnce() throws Exception {
        try (TopicAdmin admin = new TopicAdmin(cluster.connection());
                Admin kafka = Admin.create(cluster.connection().adminConfig("it"))) {
            kafka.createTopics(List.of(new NewTopic(Topics.RULES, 2, (short) 1)))
                    .all()
                    .get();

            assertThatThrownBy(admin::check)
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining(
                            "topic='weir.rules': message.timestamp.type='CreateTime'; expected LogAppendTime")
                    .hasMessageContaining("topic='weir.rules' has 2 partitions; expected 1")
                    .hasMessageContaining("topic='weir.file-events' does not exist; run 'weir topics create'");
        }
    }

    @Test
    void aRegistryThatGivesOtherIdsThanBeforeIsRefused() {
        cluster.withTopics();
        try (TestCluster other = TestCluster.start()) {
            KafkaConnection connection = KafkaConnection.of(cluster.bootstrapServers(), other.registryUrl());
            try (SchemaRegistryClient registry = new SchemaRegistryClient(connection.serdeConfig())) {
                registry.register("another-value", Schema.create(Schema.Type.INT));
            }
            try (TopicAdmin admin = new TopicAdmin(connection)) {
                assertThatThrownBy(admin::check)
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("so it has lost its schemas");
                assertThatThrownBy(() -> admin.create(SETTINGS))
                        .isInstanceOf(TopicException.class)
                        .hasMessageContaining("cannot read what is recorded of topic='weir.file-events'")
                        .hasMessageContaining("lost its schemas and been filled again in another order");
            }
        }
    }

    @Test
    void aVolumeGetsItsActionTopicBeforeItIsRegistered() throws Exception {
        assertThatThrownBy(() -> VolumeRegistry.register(cluster.connection(), "web1", "mounted", "worker-1"))
                .hasMessageContaining("topic='weir.actions' does not exist; run 'weir topics create' first");
        try (TopicAdmin admin = new TopicAdmin(cluster.connection());
                Admin kafka = Admin.create(cluster.connection().adminConfig("it"))) {
            admin.create(SETTINGS);
            VolumeRegistry.register(cluster.connection(), "web1", "mounted", "worker-1");
            VolumeRegistry.register(cluster.connection(), "web1", "mounted", "worker-2");

            assertTopic(kafka, new TopicCatalog().actionsOf("web1", SETTINGS));
            assertThat(admin.createVolumeTopic("web1")).isFalse();
            List<ConsumerRecord<String, Volume>> volumes = cluster.read(Topics.VOLUMES);
            assertThat(volumes).extracting(ConsumerRecord::key).containsExactly("web1", "web1");
            assertThat(volumes.get(1).value().getRegisteredBy()).isEqualTo("worker-2");
        }
    }

    @Test
    void rulesAndManifestsShareATopicAndNothingElseMayEnter() {
        cluster.withTopics();
        Rule rule = Rule.newBuilder().setId("r").setDefinition("{}").build();
        Manifest manifest = Manifest.newBuilder()
                .setApplyId("a1")
                .setWritten(List.of("r"))
                .setDeleted(List.of())
                .setHash("")
                .setBaseOffset(0)
                .setWrittenAt(Instant.EPOCH)
                .build();
        FileEvent other = new FileEvent();
        assertThatThrownBy(() -> cluster.send(new ProducerRecord<>(Topics.RULES, "r", other)))
                .isInstanceOf(SerializationException.class)
                .hasMessage("topic='weir.rules': cannot write a io.weir.schemas.FileEvent; expected"
                        + " io.weir.schemas.Rule or io.weir.schemas.Manifest");
        cluster.send(new ProducerRecord<>(Topics.RULES, "r", rule));
        cluster.send(new ProducerRecord<>(Topics.RULES, "#apply", manifest));
        cluster.send(new ProducerRecord<String, Rule>(Topics.RULES, "r", null));

        List<ConsumerRecord<String, SpecificRecord>> records = cluster.read(Topics.RULES);

        assertThat(records).extracting(ConsumerRecord::value).containsExactly(rule, manifest, null);
        assertThat(records).allMatch(r -> r.timestampType() == TimestampType.LOG_APPEND_TIME);
    }
}
