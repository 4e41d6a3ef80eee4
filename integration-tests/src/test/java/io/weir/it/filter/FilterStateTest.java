package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that wait and rules that count, on a real broker. */
class FilterStateTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SETTLES =
            "{id: settles, on: created, when: {extension: zip}, settle: 2s, actions: [quarantine: {to: /q}]}";
    private static final String COUNTS =
            "{id: counts, on: created, when: {burst: {count: 250, within: 1h, by: volume}},"
                    + " actions: [quarantine: {to: /q}]}";

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    private List<ConsumerRecord<String, Decision>> awaitDecisions(int count) {
        return cluster.readUntil(Topics.DECISIONS, LIMIT, records -> records.size() >= count);
    }

    private List<String> events(List<ConsumerRecord<String, Decision>> decisions, String rule) {
        return decisions.stream()
                .filter(d ->
                        d.value().getRules().stream().map(RuleDecision::getRule).anyMatch(rule::equals))
                .map(ConsumerRecord::key)
                .toList();
    }

    @Test
    void waitingAndCountingGoOnThroughKillsAndEachTakesEffectOnce() throws Exception {
        VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
        try (RuleWriter rules = new RuleWriter(cluster.connection());
                Feed feed = new Feed(cluster.connection())) {
            rules.apply("one", Map.of("settles", SETTLES, "counts", COUNTS));
            for (int round = 0; round < 2; round++) {
                Process process = FilterProcess.start(cluster.connection(), directory);
                try {
                    feed.sendAll(round * 200L + 1, round * 200L + 200, "zip");
                    int contributions = round * 200 + 100;
                    cluster.<Contribution>readUntil(
                            Topics.AGGREGATES, LIMIT, records -> records.size() >= contributions);
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            try (FilterApplication filter = new FilterApplication(FilterConfig.of(cluster.connection(), directory))) {
                filter.start();
                filter.awaitRunning(LIMIT);
                // nothing happens any more: ticks alone let time pass
                List<ConsumerRecord<String, Decision>> decisions = awaitDecisions(401);
                assertThat(events(decisions, "settles"))
                        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 400)
                                .mapToObj(Feed::id)
                                .toList());
                assertThat(events(decisions, "counts")).hasSize(1);
                assertThat(filter.fault()).isEmpty();
            }
        }
        assertThat(cluster.<Contribution>read(Topics.AGGREGATES)).hasSize(400);
        assertThat(cluster.<FileEvent>read(Topics.FILE_EVENTS))
                .as("ticks are written only while rules wait")
                .filteredOn(r -> r.value().getType().equals("tick"))
                .isNotEmpty();
    }
}
