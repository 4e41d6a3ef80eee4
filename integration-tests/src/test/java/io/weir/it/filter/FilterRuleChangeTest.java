package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterRuleChangeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Settable by {@code -Dweir.flips}. */
    private static final int FLIPS = Integer.getInteger("weir.flips", 2_000);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    private RuleWriter rules;
    private Feed feed;
    private FilterApplication filter;

    @BeforeEach
    void start() {
        VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
        rules = new RuleWriter(cluster.connection());
        feed = new Feed(cluster.connection());
        filter = new FilterApplication(FilterConfig.of(cluster.connection(), directory));
        filter.start();
        filter.awaitRunning(LIMIT);
    }

    @AfterEach
    void stop() {
        filter.close();
        feed.close();
        rules.close();
    }

    private void awaitApply(String applyId) {
        cluster.<RuleStatus>readUntil(Topics.RULE_STATUS, LIMIT, records -> records.stream()
                .anyMatch(r -> r.key().equals(Keys.APPLY)
                        && applyId.equals(r.value().getApplyId())
                        && r.value().getStatus().equals("accepted")));
    }

    @Test
    void anApplyTakesEffectOnARunningFilterAndIsReported() throws Exception {
        Instant begun = Instant.now();
        long manifest = rules.apply("one", Map.of("zip", RuleWriter.definition("zip", "zip")));
        awaitApply("one");
        System.out.println("apply until reported: "
                + Duration.between(begun, Instant.now()).toMillis() + " ms");
        feed.sendAll(1, 1, "zip");
        List<ConsumerRecord<String, Decision>> decisions =
                cluster.readUntil(Topics.DECISIONS, LIMIT, records -> !records.isEmpty());
        assertThat(decisions.get(0).value().getRulesOffset()).isEqualTo(manifest);
        assertThat(cluster.<RuleStatus>read(Topics.RULE_STATUS))
                .extracting(ConsumerRecord::key, r -> r.value().getStatus(), r -> r.value()
                        .getRulesOffset())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("zip", "accepted", manifest),
                        org.assertj.core.groups.Tuple.tuple(Keys.APPLY, "accepted", manifest));
    }

    @Test
    void anAbortedApplyLeavesNoTrace() throws Exception {
        rules.apply("one", Map.of("zip", RuleWriter.definition("zip", "zip")));
        rules.abort("two", Map.of("rar", RuleWriter.definition("rar", "rar")));
        long last = rules.apply("three", Map.of("tar", RuleWriter.definition("tar", "tar")));
        awaitApply("three");
        feed.sendAll(1, 1, "rar");
        feed.sendAll(2, 2, "zip");
        List<ConsumerRecord<String, Decision>> decisions =
                cluster.readUntil(Topics.DECISIONS, LIMIT, records -> !records.isEmpty());
        assertThat(decisions).singleElement().satisfies(decision -> {
            assertThat(decision.key()).isEqualTo(Feed.id(2));
            assertThat(decision.value().getRulesOffset()).isEqualTo(last);
        });
        assertThat(cluster.<RuleStatus>read(Topics.RULE_STATUS))
                .extracting(r -> r.value().getApplyId())
                .doesNotContain("two");
    }

    /** Two rules that change together: under the first version zip and zap files match, under the second rar and rap. */
    @Test
    void underLoadEachEventIsJudgedByOneWholeRuleSetAndTheDecisionNamesIt() throws Exception {
        AtomicBoolean flipping = new AtomicBoolean(true);
        long[] sent = new long[1];
        Thread load = new Thread(
                () -> {
                    List<String> extensions = List.of("zip", "zap", "rar", "rap");
                    while (flipping.get()) {
                        sent[0]++;
                        var future = feed.send(sent[0], extensions.get((int) (sent[0] / 16 % 4)));
                        if (sent[0] % 20 == 0) {
                            await(future);
                        }
                    }
                },
                "load");
        Map<Long, String> versions = new HashMap<>();
        versions.put(-1L, "");
        load.start();
        for (int flip = 0; flip < FLIPS; flip++) {
            String letter = flip % 2 == 0 ? "z" : "r";
            Map<String, String> written = Map.of(
                    "first", RuleWriter.definition("first", letter.equals("z") ? "zip" : "rar"),
                    "second", RuleWriter.definition("second", letter.equals("z") ? "zap" : "rap"));
            versions.put(rules.apply("flip-" + flip, written), letter);
        }
        flipping.set(false);
        load.join();
        feed.sendAll(sent[0] + 1, sent[0] + 16, "zip");
        feed.sendAll(sent[0] + 17, sent[0] + 32, "rar");
        awaitJudged(sent[0] + 32);
        assertEachUnderTheVersionInForce(versions);
    }

    private static void await(java.util.concurrent.Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitJudged(long count) {
        org.awaitility.Awaitility.await()
                .atMost(LIMIT)
                .until(() -> Objects.requireNonNull(filter.figures().snapshot().get("judged")) >= count);
    }

    private void assertEachUnderTheVersionInForce(Map<Long, String> versions) {
        filter.close();
        Map<Integer, TreeMap<Long, Long>> inForce = new HashMap<>();
        for (ConsumerRecord<String, RulesInForce> record : cluster.<RulesInForce>read(Topics.RULES_IN_FORCE)) {
            RulesInForce value = record.value();
            inForce.computeIfAbsent(value.getPartition(), p -> new TreeMap<>())
                    .put(value.getFromOffset(), value.getRulesOffset());
        }
        Map<String, Decision> decisions = new HashMap<>();
        cluster.<Decision>read(Topics.DECISIONS)
                .forEach(r -> assertThat(decisions.put(r.key(), r.value())).isNull());
        int matched = 0;
        for (ConsumerRecord<String, FileEvent> event : cluster.<FileEvent>read(Topics.FILE_EVENTS)) {
            long rulesOffset = inForce.getOrDefault(event.partition(), new TreeMap<>())
                    .floorEntry(event.offset())
                    .getValue();
            String version = Objects.requireNonNull(versions.get(rulesOffset), "no whole rule set ends there");
            String path = event.value().getPath();
            boolean expected = !version.isEmpty() && path.contains("." + version);
            Decision decision = decisions.get(Feed.id(event.value().getSequence()));
            assertThat(decision != null)
                    .as("%s under %s at %d", path, version, event.offset())
                    .isEqualTo(expected);
            if (decision != null) {
                assertThat(decision.getRulesOffset()).isEqualTo(rulesOffset);
                matched++;
            }
        }
        System.out.println(decisions.size() + " decisions judged as said, under "
                + inForce.values().stream()
                        .flatMap(m -> m.values().stream())
                        .distinct()
                        .count()
                + " rule sets of " + FLIPS + " applied");
        assertThat(matched).isEqualTo(decisions.size()).isPositive();
        assertThat(inForce.values().stream().mapToInt(TreeMap::size).sum()).isGreaterThan(FLIPS / 4);
    }
}
