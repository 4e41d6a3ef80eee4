package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.Decision;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of a global topic that the filter's code cannot process comes while it runs, and lies there at its next start. */
class FilterGlobalErrorTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @Test
    void isPassedOverAndDoesNotStopTheFilter() throws Exception {
        VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
        try (RuleWriter rules = new RuleWriter(cluster.connection());
                Feed feed = new Feed(cluster.connection())) {
            try (FilterApplication filter = start()) {
                for (String topic : List.of(Topics.RULES, Topics.VOLUMES)) {
                    writeWithoutKey(topic);
                }
                rules.apply("one", Map.of("zip", RuleWriter.definition("zip", "zip")));
                cluster.<RuleStatus>readUntil(Topics.RULE_STATUS, LIMIT, r -> r.size() >= 2);
                feed.sendAll(1, 16, "zip");
                awaitDecisions(16);
                assertThat(filter.fault()).isEmpty();
                assertThat(filter.isRunning()).isTrue();
            }
            try (FilterApplication filter = start()) {
                feed.sendAll(17, 32, "zip");
                awaitDecisions(32);
                assertThat(filter.fault()).isEmpty();
            }
        }
    }

    private FilterApplication start() {
        FilterApplication filter = new FilterApplication(FilterConfig.of(cluster.connection(), directory));
        filter.start();
        filter.awaitRunning(LIMIT);
        return filter;
    }

    private void awaitDecisions(int count) {
        cluster.<Decision>readUntil(Topics.DECISIONS, LIMIT, records -> records.size() >= count);
    }

    /** A compacted topic takes no record without a key, so it is none for a moment. */
    private void writeWithoutKey(String topic) throws Exception {
        cleanup(topic, "delete");
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "x".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
        cleanup(topic, "compact");
    }

    private void cleanup(String topic, String policy) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var set = new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(cluster.connection().adminConfig("it"))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
        }
    }
}
