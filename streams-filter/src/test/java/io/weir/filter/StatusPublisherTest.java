package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.schemas.ComponentStatus;
import io.weir.schemas.RuleStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class StatusPublisherTest {
    private final MockProducer<String, Object> producer =
            new MockProducer<>(true, null, new StringSerializer(), (topic, value) -> new byte[0]);

    private StatusPublisher publisher() {
        return new StatusPublisher(
                producer, "filter-1", Duration.ofHours(1), StatusPublisherTest::component, Clock.systemUTC());
    }

    private static ComponentStatus component() {
        return ComponentStatus.newBuilder()
                .setKind("filter")
                .setId("filter-1")
                .setVersion("1")
                .setHost("host")
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setState("running")
                .build();
    }

    private static RuleReport report(String rule, String status, long offset) {
        return new RuleReport(rule, status, List.of(), offset, Optional.of("one"));
    }

    private List<String> rulesWritten() {
        return producer.history().stream()
                .map(ProducerRecord::value)
                .filter(RuleStatus.class::isInstance)
                .map(RuleStatus.class::cast)
                .map(status -> status.getRule() + " " + status.getStatus() + " " + status.getRulesOffset())
                .toList();
    }

    @Test
    void onlyTheNewestOfEachRuleWaitsAndTheApplyComesLast() {
        try (StatusPublisher publisher = publisher()) {
            publisher.report(report("a", "accepted", 1));
            publisher.report(report("b", "accepted", 1));
            publisher.report(report("a", "rejected", 2));
            publisher.report(report("#apply", "accepted", 2));
            publisher.start();
            await().until(() -> rulesWritten().size() == 3);
        }
        assertThat(rulesWritten()).containsExactly("b accepted 1", "a rejected 2", "#apply accepted 2");
    }

    @Test
    void whatCouldNotBeWrittenIsTriedAgain() {
        producer.sendException = new KafkaException("away");
        try (StatusPublisher publisher = publisher()) {
            publisher.report(report("a", "accepted", 1));
            publisher.start();
            await().pollDelay(Duration.ofMillis(100)).until(() -> rulesWritten().isEmpty());
            producer.sendException = null;
            await().until(() -> rulesWritten().equals(List.of("a accepted 1")));
        }
    }

    @Test
    void whatIsTooLargeIsNotTriedAgainAndFaultsAreBounded() {
        String fault = "id='" + "a".repeat(2_000_000) + "'";
        RuleReport report = new RuleReport("a", "rejected", Collections.nCopies(1_000, fault), 1, Optional.empty());
        assertThat(report.faults()).hasSize(100).allSatisfy(text -> assertThat(text)
                .hasSize(1_001));

        List<String> tried = new CopyOnWriteArrayList<>();
        MockProducer<String, Object> picky =
                new MockProducer<>(true, null, new StringSerializer(), (topic, value) -> new byte[0]) {
                    @Override
                    public synchronized Future<RecordMetadata> send(ProducerRecord<String, Object> record) {
                        tried.add(record.key());
                        return record.key().equals("a")
                                ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
                                : super.send(record);
                    }
                };
        try (StatusPublisher publisher = new StatusPublisher(
                picky, "filter-1", Duration.ofHours(1), StatusPublisherTest::component, Clock.systemUTC())) {
            publisher.report(report);
            publisher.start();
            await().until(() -> tried.contains("a"));
            publisher.report(report("b", "accepted", 2));
            await().until(() -> tried.contains("b"));
        }
        assertThat(tried).containsOnlyOnce("a", "b");
    }

    @Test
    void theComponentIsToldAtTheStartAndAtTheEnd() {
        StatusPublisher publisher = publisher();
        publisher.start();
        await().until(() -> producer.history().size() == 1);
        publisher.close();
        assertThat(producer.history())
                .hasSize(2)
                .extracting(ProducerRecord::key)
                .containsOnly("filter/filter-1");
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void itGoesOnWhenTheClockIsSetBack() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        InstantSource wall = now::get;
        try (StatusPublisher publisher = new StatusPublisher(
                producer,
                "filter-1",
                Duration.ofMillis(10),
                StatusPublisherTest::component,
                wall.withZone(ZoneOffset.UTC))) {
            publisher.start();
            await().until(() -> producer.history().size() >= 1);
            now.updateAndGet(time -> time.minus(Duration.ofHours(2)));
            int before = producer.history().size();
            await().until(() -> producer.history().size() >= before + 3);
        }
    }
}
