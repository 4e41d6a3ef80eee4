package io.weir.it.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.ExitCode;
import io.weir.it.TestCluster;
import io.weir.schemas.Decision;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long history verifies as identical: rules change again and again, the filter is killed, the broker restarts, the agent
 * sends again what it had sent before its own restart, actions set off others, and a third party loops. {@code ./dev audit}
 * makes it as long as wanted.
 */
class AuditCampaignTest {
    private static final long EVENTS = Long.getLong("weir.events", 20_000);
    private static final int CHANGES = Integer.getInteger("weir.changes", 12);
    private static final long VERIFIED_ON_AND_ON = 100_000;
    private static final int KILLS = 4;
    private static final int AGENT_RESTARTS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @AutoClose
    private final TestCluster cluster = TestCluster.start().withTopics();

    @TempDir
    private Path directory;

    private @Nullable Process last;

    @AutoClose("shutdownNow")
    private final ExecutorService auditor = Executors.newSingleThreadExecutor();

    private volatile boolean ended;

    private final long seed = Long.getLong("weir.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void aLongHistoryWithRestartsAndLoopsIsIdentical() throws Exception {
        System.out.println("weir.seed=" + seed);
        VolumeRegistry.register(cluster.connection(), Feed.VOLUME, "mounted", "it");
        long begun = System.nanoTime();
        try (CampaignAgent agent = new CampaignAgent(cluster.connection(), random);
                CampaignWorker worker = new CampaignWorker(cluster.connection(), agent)) {
            worker.start();
            Future<Integer> verified = auditor.submit(this::verifyOnAndOn);
            live(agent);
            awaitJudged();
            worker.awaitIdle(LIMIT);
            awaitJudged();
            ended = true;
            System.out.println("verified " + verified.get() + " times meanwhile");
        }
        tell("history of " + EVENTS + " events made", begun);
        begun = System.nanoTime();
        Commands.Run run = new Commands(cluster, directory).weir("audit", "verify");
        tell("verified", begun);
        System.out.println(run.out() + run.err());
        Map<String, Long> outcomes = new TreeMap<>();
        cluster.<Decision>read(Topics.DECISIONS)
                .forEach(decision -> outcomes.merge(decision.value().getOutcome(), 1L, Long::sum));
        System.out.println(outcomes);
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(outcomes).containsKeys("matched", "suppressed", "tripped");
    }

    /** While all goes on; gives how often. A long history takes long to verify, so that is done at its end alone. */
    private int verifyOnAndOn() {
        int times = 0;
        while (!ended && EVENTS <= VERIFIED_ON_AND_ON) {
            Commands.Run run = new Commands(cluster, directory).weir("audit", "verify");
            // The broker is restarted once.
            assertThat(run.code()).as(run.out() + run.err()).isIn(ExitCode.OK, ExitCode.FAILED);
            times += run.code() == ExitCode.OK ? 1 : 0;
        }
        return times;
    }

    private void live(CampaignAgent agent) throws Exception {
        Process filter = FilterProcess.start(cluster.connection(), directory.resolve("filter"));
        try (RuleWriter rules = new RuleWriter(cluster.connection())) {
            for (long i = 0; i < EVENTS; i++) {
                if (i % (EVENTS / CHANGES) == 0) {
                    // So that each set judges something.
                    awaitLag(i == 0 ? Long.MAX_VALUE : EVENTS / CHANGES / 2);
                    int change = (int) (i * CHANGES / EVENTS);
                    rules.apply("change-" + change, CampaignRules.of(change));
                }
                if (i % (EVENTS / KILLS) == EVENTS / KILLS / 2) {
                    filter.destroyForcibly().waitFor();
                    filter = FilterProcess.start(cluster.connection(), directory.resolve("filter"));
                }
                if (i % (EVENTS / AGENT_RESTARTS) == EVENTS / AGENT_RESTARTS / 3) {
                    agent.sendAgain();
                }
                if (i == EVENTS / 2) {
                    agent.losesItsSpool();
                }
                agent.somethingHappens();
            }
        } finally {
            filter.destroyForcibly().waitFor();
        }
        cluster.restart();
        last = FilterProcess.start(cluster.connection(), directory.resolve("filter"));
    }

    private void awaitJudged() {
        awaitLag(0);
    }

    private void awaitLag(long most) {
        try (Admin admin = Admin.create(cluster.connection().adminConfig("it"))) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> lag(admin) <= most);
        }
    }

    private static long lag(Admin admin) throws Exception {
        long lag = 0;
        Map<TopicPartition, OffsetAndMetadata> judged = admin.listConsumerGroupOffsets("weir-filter")
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        judged.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        var ends = admin.listOffsets(latest).all().get();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> each : judged.entrySet()) {
            // Contributions end with the marker of their transaction, which nobody reads.
            long behind = Objects.requireNonNull(ends.get(each.getKey())).offset()
                    - each.getValue().offset();
            lag += each.getKey().topic().equals(Topics.FILE_EVENTS) ? behind : Math.max(0, behind - 1);
        }
        return judged.isEmpty() ? Long.MAX_VALUE : lag;
    }

    private static void tell(String what, long begun) {
        System.out.printf(Locale.ROOT, "%s in %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (last != null) {
            last.destroyForcibly().waitFor();
        }
    }
}
