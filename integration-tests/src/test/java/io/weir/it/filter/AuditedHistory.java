package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A history made by the real filter: rules and volumes change in the middle, the filter is killed, rules wait and count, and
 * actions have echoes.
 */
final class AuditedHistory {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SETTLES =
            "{id: settles, on: created, when: {extension: rar}, settle: 1s, actions: [quarantine: {to: /q}]}";
    static final String COUNTS = "{id: counts, on: created, when: {burst: {count: 20, within: 1h, by: directory}},"
            + " actions: [quarantine: {to: /q}]}";
    private static final int ROUND = 160;

    private final TestCluster cluster;
    private final Set<String> answered = new HashSet<>();
    private long last;

    AuditedHistory(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** The number of the agent's last event. */
    long last() {
        return last;
    }

    /** Takes the agent's next number. */
    long nextNumber() {
        return ++last;
    }

    /** Makes it. The filter keeps its identity in a directory. */
    void make(Path directory) throws Exception {
        try (RuleWriter rules = new RuleWriter(cluster.connection());
                Feed feed = new Feed(cluster.connection())) {
            rules.apply(
                    "one", Map.of("zips", RuleWriter.definition("zips", "zip"), "settles", SETTLES, "counts", COUNTS));
            Process process = FilterProcess.start(cluster.connection(), directory);
            try {
                round(feed, "zip");
                awaitJudged();
                VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
                round(feed, "rar");
                awaitJudged();
                rules.apply("two", Map.of("zips", RuleWriter.definition("zips", "zap")));
                round(feed, "zap");
                awaitJudged();
            } finally {
                process.destroyForcibly().waitFor();
            }
            round(feed, "zap");
            try (FilterApplication filter = filter(directory)) {
                assertThat(filter.isRunning()).isTrue();
                awaitJudged();
                answerRequests();
                echoes();
                rules.apply(
                        "three",
                        Map.of("zips", RuleWriter.definition("zips", "zip"), "settles", SETTLES.replace("rar", "lzh")));
                round(feed, "rar");
                settle(feed);
                answerRequests();
            }
        }
    }

    private void round(Feed feed, String extension) throws Exception {
        feed.sendAll(last + 1, last + ROUND, extension);
        last += ROUND;
    }

    /** Each event contributes to a rule that counts. */
    private void awaitJudged() {
        long all = last;
        cluster.<Contribution>readUntil(Topics.AGGREGATES, LIMIT, records -> records.size() >= all);
    }

    private FilterApplication filter(Path directory) {
        FilterApplication filter = new FilterApplication(FilterConfig.of(cluster.connection(), directory));
        filter.start();
        filter.awaitRunning(LIMIT);
        return filter;
    }

    /** The last event of all has been judged. */
    private void settle(Feed feed) throws Exception {
        feed.sendAll(last + 1, last + 16, "zip");
        last += 16;
        String id = Feed.id(last);
        cluster.<Decision>readUntil(Topics.DECISIONS, LIMIT, records -> records.stream()
                .anyMatch(r -> r.key().equals(id)));
        cluster.<Decision>readUntil(
                Topics.DECISIONS,
                LIMIT,
                records ->
                        records.stream().filter(r -> isOf(r.value(), "settles")).count() >= 1);
    }

    private static boolean isOf(Decision decision, String rule) {
        return decision.getRules().stream().anyMatch(one -> one.getRule().equals(rule));
    }

    /** What a worker would report. */
    private void answerRequests() {
        List<ProducerRecord<String, ActionResult>> results = new ArrayList<>();
        for (ConsumerRecord<String, ActionRequest> request :
                cluster.<ActionRequest>read(Topics.actionsOf(Feed.VOLUME))) {
            if (answered.add(request.value().getId())) {
                results.add(new ProducerRecord<>(
                        Topics.ACTION_RESULTS, request.value().getId(), result(request.value())));
            }
        }
        cluster.send(results);
    }

    private static ActionResult result(ActionRequest request) {
        return ActionResult.newBuilder()
                .setActionId(request.getId())
                .setAttempt(1)
                .setOutcome("done")
                .setRule(request.getRule())
                .setAction(request.getAction())
                .setVolume(request.getEvent().getVolume())
                .setPath(request.getEvent().getPath())
                .setEventId(EventId.of(request.getEvent()).toString())
                .setWorker("w")
                .setStartedAt(Instant.EPOCH)
                .setFinishedAt(Instant.EPOCH)
                .build();
    }

    /** Events that actions caused. */
    private void echoes() {
        List<ProducerRecord<String, FileEvent>> events = new ArrayList<>();
        for (String action : answered.stream().sorted().limit(20).toList()) {
            FileEvent event = event(++last, "/d1/echo.zap");
            ProducerRecord<String, FileEvent> record = record(event);
            new Causation(action, Feed.id(1), 1).write(record.headers());
            events.add(record);
        }
        cluster.send(events);
    }

    static FileEvent event(long sequence, String path) {
        return FileEvent.newBuilder()
                .setType("created")
                .setVolume(Feed.VOLUME)
                .setPath(path)
                .setAgent("agent")
                .setEpoch(1)
                .setSequence(sequence)
                .setObservedAt(Instant.ofEpochSecond(sequence))
                .setHost("host")
                .build();
    }

    static ProducerRecord<String, FileEvent> record(FileEvent event) {
        return new ProducerRecord<>(Topics.FILE_EVENTS, Keys.fileEvent(Feed.VOLUME, event.getPath()), event);
    }

    /** The filter takes all there is for judged, though it has not seen it. */
    void passOver() throws Exception {
        try (Admin admin = Admin.create(cluster.connection().adminConfig("it"))) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int i = 0; i < 4; i++) {
                ends.put(new TopicPartition(Topics.FILE_EVENTS, i), OffsetSpec.latest());
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            admin.listOffsets(ends)
                    .all()
                    .get()
                    .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets("weir-filter", offsets).all().get();
        }
    }
}
