package io.weir.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.SpooledEvent;
import io.weir.agent.claim.LogPosition;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KafkaOutletTest {
    private static final Causation CAUSATION = new Causation("action", "root", 1).by(Causation.Evidence.WINDOW);

    private final List<MockProducer<String, Object>> producers = new CopyOnWriteArrayList<>();
    private final List<Long> safe = new CopyOnWriteArrayList<>();
    private boolean complete;
    private final AtomicInteger refusals = new AtomicInteger();
    private final KafkaOutlet outlet = new KafkaOutlet(this::producer, null);

    private MockProducer<String, Object> producer() {
        Serializer<Object> serializer = (topic, value) -> {
            if (refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new SerializationException("the registry is away");
            }
            return new byte[0];
        };
        MockProducer<String, Object> producer = new MockProducer<>(complete, null, new StringSerializer(), serializer);
        producers.add(producer);
        return producer;
    }

    private static SpooledEvent event(long sequence, String path, String previous) {
        return new SpooledEvent(
                new FileEvent(
                        previous.isEmpty() ? "created" : "moved",
                        "vol",
                        path,
                        previous.isEmpty() ? null : previous,
                        null,
                        "agent",
                        1L,
                        sequence,
                        Instant.EPOCH,
                        "live",
                        "host",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                previous.isEmpty() ? Optional.empty() : Optional.of(CAUSATION));
    }

    private static List<Long> sequences(MockProducer<String, Object> producer) {
        List<Long> sequences = new ArrayList<>();
        for (ProducerRecord<String, Object> record : producer.history()) {
            sequences.add(((FileEvent) record.value()).getSequence());
        }
        return sequences;
    }

    @Test
    void anEventIsSafeOnceAllItsRecordsAre() throws InterruptedException {
        outlet.deliver(List.of(event(1, "/b/x", "/a/x"), event(2, "/b/y", "")), safe::add);
        MockProducer<String, Object> producer = producers.get(0);
        assertThat(producer.history()).extracting(ProducerRecord::topic).containsOnly(Topics.FILE_EVENTS);
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("vol:/b", "vol:/a", "vol:/b");
        assertThat(producer.history().get(1).value())
                .isInstanceOfSatisfying(
                        FileEvent.class, e -> assertThat(e.getHalf()).isEqualTo("source"));
        assertThat(producer.history().subList(0, 2))
                .allSatisfy(r -> assertThat(Causation.read(r.headers())).contains(CAUSATION));
        assertThat(producer.history().get(2).headers()).isEmpty();
        producer.completeNext();
        assertThat(safe).isEmpty();
        producer.completeNext();
        assertThat(safe).containsExactly(1L);
        producer.completeNext();
        assertThat(safe).containsExactly(1L, 2L);
        assertThat(outlet.fault()).isEmpty();
    }

    @Test
    void afterAFailureForGoodAllThatIsNotSafeIsSentAgainInOrder() throws InterruptedException {
        outlet.deliver(List.of(event(1, "/x", ""), event(2, "/y", ""), event(3, "/z", "")), safe::add);
        MockProducer<String, Object> first = producers.get(0);
        first.completeNext();
        first.errorNext(new TopicAuthorizationException("no right to write"));
        assertThat(first.closed()).isTrue();
        complete = true;
        outlet.deliver(List.of(event(4, "/w", "")), safe::add);
        assertThat(sequences(producers.get(1))).containsExactly(2L, 3L, 4L);
        assertThat(safe).containsExactly(1L, 2L, 3L, 4L);
        assertThat(outlet.fault()).isEmpty();
    }

    @Test
    void aProducerThatBrokeWithTheLastEventIsMendedByTheNextReport() throws InterruptedException {
        outlet.deliver(List.of(event(1, "/x", "")), safe::add);
        producers.get(0).errorNext(new TopicAuthorizationException("no right to write"));
        complete = true;
        CompletableFuture<LogPosition> there = outlet.report(ComponentStatus.newBuilder()
                .setKind("agent")
                .setId("a")
                .setVersion("1")
                .setHost("h")
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setState("running")
                .build());
        assertThat(there).isCompletedWithValueMatching(position -> position.offset() == 0);
        assertThat(safe).containsExactly(1L);
        assertThat(producers.get(1).history())
                .extracting(ProducerRecord::topic)
                .containsExactly(Topics.FILE_EVENTS, Topics.COMPONENTS);
    }

    @Test
    void whileNothingGetsOutItTriesAgainAndTellsWhy() {
        refusals.set(4);
        complete = true;
        Thread delivery = new Thread(() -> {
            try {
                outlet.deliver(List.of(event(1, "/x", "")), safe::add);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        delivery.start();
        Awaitility.await().pollInterval(Duration.ofMillis(10)).untilAsserted(() -> assertThat(outlet.fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault).contains("the registry is away").contains("wait in the spool")));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> safe.contains(1L));
        assertThat(outlet.fault()).isEmpty();
    }
}
