package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.TestCluster;
import io.weir.schemas.Decision;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.GroupState;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two filters share the partitions; one of them goes. */
class FilterHandoverTest {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String GROUP = "weir-filter";
    /** Far below the 45 s after which the group takes a member for dead. */
    private static final Duration AT_ONCE = Duration.ofSeconds(20);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    Path directory;

    @AutoClose
    private Feed feed;

    private long sent;

    @BeforeEach
    void applyRules() throws Exception {
        VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
        try (RuleWriter rules = new RuleWriter(cluster.connection())) {
            rules.apply("one", Map.of("zip", RuleWriter.definition("zip", "zip")));
        }
        feed = new Feed(cluster.connection());
    }

    private FilterApplication start(String name) {
        FilterApplication filter =
                new FilterApplication(FilterConfig.of(cluster.connection(), directory.resolve(name)));
        filter.start();
        filter.awaitRunning(LIMIT);
        return filter;
    }

    /** Waits until so many filters have partitions. */
    private void awaitOwners(int count) {
        try (Admin admin = Admin.create(cluster.connection().adminConfig("it"))) {
            await().atMost(LIMIT).until(() -> {
                var group = Objects.requireNonNull(admin.describeConsumerGroups(List.of(GROUP))
                                .describedGroups()
                                .get(GROUP))
                        .get();
                long owners = group.members().stream()
                        .filter(member -> !member.assignment().topicPartitions().isEmpty())
                        .count();
                return group.groupState() == GroupState.STABLE && owners == count;
            });
        }
    }

    /** Sends events to all partitions. */
    private void feedAll() throws Exception {
        feed.sendAll(sent + 1, sent + 64, "zip");
        sent += 64;
    }

    private void awaitAllJudged() {
        cluster.<Decision>readUntil(Topics.DECISIONS, LIMIT, records -> records.size() >= sent);
    }

    private void assertEachOnce() {
        assertThat(cluster.<Decision>read(Topics.DECISIONS))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, sent).mapToObj(Feed::id).toList());
    }

    @Test
    void aCleanStopHandsThePartitionsOverAtOnce() throws Exception {
        try (FilterApplication stays = start("stays")) {
            FilterApplication goes = start("goes");
            awaitOwners(2);
            feedAll();
            awaitAllJudged();
            long begun = System.nanoTime();
            goes.close();
            long closed = System.nanoTime();
            feedAll();
            awaitAllJudged();
            long judged = System.nanoTime();
            System.out.printf(
                    "clean stop: %d ms; the other judges all after another %d ms%n",
                    Duration.ofNanos(closed - begun).toMillis(),
                    Duration.ofNanos(judged - closed).toMillis());
            assertThat(Duration.ofNanos(judged - closed)).isLessThan(AT_ONCE);
            try (FilterApplication back = start("goes")) {
                awaitOwners(2);
                feedAll();
                awaitAllJudged();
                assertThat(back.fault()).isEmpty();
            }
            assertThat(stays.fault()).isEmpty();
        }
        assertEachOnce();
    }

    @Test
    void afterAKillTheSameFilterHasItsPartitionsBackAtOnce() throws Exception {
        try (FilterApplication stays = start("stays")) {
            Process goes = FilterProcess.start(cluster.connection(), directory.resolve("goes"));
            try {
                awaitOwners(2);
                feedAll();
                awaitAllJudged();
                goes.destroyForcibly().waitFor();
                feedAll();
                long begun = System.nanoTime();
                goes = FilterProcess.start(cluster.connection(), directory.resolve("goes"));
                awaitAllJudged();
                Duration back = Duration.ofNanos(System.nanoTime() - begun);
                System.out.printf("kill -9, process started, all judged: %d ms%n", back.toMillis());
                assertThat(back).isLessThan(AT_ONCE);
                assertThat(stays.fault()).isEmpty();
            } finally {
                goes.destroyForcibly().waitFor();
            }
        }
        assertEachOnce();
    }
}
