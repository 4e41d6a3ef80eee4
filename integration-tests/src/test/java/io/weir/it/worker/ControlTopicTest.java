package io.weir.it.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.it.TestCluster;
import io.weir.schemas.ControlState;
import io.weir.schemas.topic.Topics;
import io.weir.worker.control.ControlTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a worker knows of stops when the topic is not as it should be. */
class ControlTopicTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    private final Queue<String> hindrances = new ConcurrentLinkedQueue<>();
    private final Queue<Long> told = new ConcurrentLinkedQueue<>();

    @AutoClose
    private final ControlTopic control = new ControlTopic(cluster.connection(), "w1", new ControlTopic.Listener() {
        @Override
        public void changed(long offset, Optional<String> stops) {
            told.add(offset);
        }

        @Override
        public void hindered(String text) {
            hindrances.add(text);
        }
    });

    @Test
    void nothingMayBeChangedUntilTheTopicIsKnownNorWhenTheBrokerIsAway() throws Exception {
        assertThat(control.holding("v", "r"))
                .hasValueSatisfying(why -> assertThat(why).contains("was not read"));
        control.start();
        assertThat(control.awaitKnown(LIMIT)).isTrue();
        assertThat(control.holding("v", "r")).isEmpty();

        cluster.close();
        await().atMost(Duration.ofSeconds(2))
                .until(() -> control.holding("v", "r").isPresent());
        assertThat(control.holding("v", "r"))
                .hasValueSatisfying(why -> assertThat(why).contains("nothing is changed until it can be read"));
    }

    @Test
    void whatCannotBeUnderstoodIsPassedOverAndSaid() throws Exception {
        control.start();
        try (var raw = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(Topics.CONTROL, "all", new byte[] {1, 2, 3}))
                    .get();
        }
        cluster.send(List.of(
                new ProducerRecord<>(Topics.CONTROL, "everywhere", stop("everywhere")),
                new ProducerRecord<>(Topics.CONTROL, "rule/r", stop("rule/r"))));
        await().atMost(LIMIT)
                .until(() -> control.holding("v", "r").isPresent()
                        && control.holding("v", "other").isEmpty());
        assertThat(hindrances).anyMatch(text -> text.contains("offset=0"));
        assertThat(hindrances).anyMatch(text -> text.contains("scope='everywhere': expected all"));
    }

    @Test
    void whatIsKnownIsToldOnceAndNotInEveryRound() throws Exception {
        control.start();
        await().atMost(LIMIT).until(() -> !told.isEmpty());
        cluster.send(new ProducerRecord<>(Topics.CONTROL, "rule/r", stop("rule/r")));
        await().atMost(LIMIT).until(() -> told.contains(1L));
        cluster.send(new ProducerRecord<>(Topics.CONTROL, "rule/q", stop("rule/q")));
        await().atMost(LIMIT).until(() -> told.contains(2L));
        assertThat(told).containsExactly(0L, 1L, 2L);
    }

    private static ControlState stop(String scope) {
        return ControlState.newBuilder()
                .setScope(scope)
                .setStopped(true)
                .setReason("test")
                .setBy("anna")
                .setAt(Instant.EPOCH)
                .build();
    }
}
