package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.Decision;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterExactlyOnceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ACTIONS = Topics.actionsOf(Feed.VOLUME);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @BeforeEach
    void applyRules() throws Exception {
        VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
        try (RuleWriter rules = new RuleWriter(cluster.connection())) {
            rules.apply("one", Map.of("zip", RuleWriter.definition("zip", "zip")));
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

    private void assertEachOnce(long last) {
        List<String> expected =
                LongStream.rangeClosed(1, last).mapToObj(Feed::id).toList();
        assertThat(cluster.<Decision>read(Topics.DECISIONS))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(cluster.<ActionRequest>read(ACTIONS))
                .extracting(record -> Feed.id(record.value().getEvent().getSequence()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void eachEventIsJudgedOnceOverCloseAndStartAndWhatIsSentAgainIsDropped() throws Exception {
        try (Feed feed = new Feed(cluster.connection())) {
            for (int round = 0; round < 4; round++) {
                long from = round * 500L;
                try (FilterApplication filter = start()) {
                    feed.sendAll(from + 1, from + 250, "zip");
                    awaitDecisions((int) from + 200);
                    assertThat(filter.fault()).isEmpty();
                }
                // The agent's tail of before, sent again while the filter is away, then new events.
                feed.sendAll(Math.max(1, from + 150), from + 250, "zip");
                feed.sendAll(from + 251, from + 500, "zip");
            }
            try (FilterApplication filter = start()) {
                awaitDecisions(2_000);
                assertThat(filter.isRunning()).isTrue();
                feed.sendAll(1_990, 2_010, "zip");
                awaitDecisions(2_010);
            }
        }
        assertEachOnce(2_010);
    }

    @Test
    void afterAKillTheNextFilterGoesOnWhereItWas() throws Exception {
        try (Feed feed = new Feed(cluster.connection())) {
            for (int round = 0; round < 2; round++) {
                Process process = FilterProcess.start(cluster.connection(), directory);
                try {
                    feed.sendAll(round * 1_000L + 1, round * 1_000L + 500, "zip");
                    awaitDecisions(round * 1_000 + 300);
                    for (long sequence = round * 1_000L + 501; sequence <= round * 1_000L + 1_000; sequence++) {
                        var unused = feed.send(sequence, "zip");
                    }
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
            feed.sendAll(2_001, 2_001, "zip");
            Instant begun = Instant.now();
            try (FilterApplication filter = start()) {
                awaitDecisions(2_001);
                assertThat(filter.fault()).isEmpty();
                System.out.println("kill -9, start, all judged: "
                        + Duration.between(begun, Instant.now()).toMillis() + " ms");
            }
        }
        assertEachOnce(2_001);
    }
}
