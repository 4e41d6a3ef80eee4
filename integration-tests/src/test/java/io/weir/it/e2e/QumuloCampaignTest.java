package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.qumulo.randomised.ClusterTree;
import io.weir.agent.qumulo.randomised.Forwarder;
import io.weir.agent.qumulo.randomised.RandomChanges;
import io.weir.agent.qumulo.randomised.ToldTree;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.settings.OverflowForm;
import io.weir.schemas.FileEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes on an emulated cluster, while its streams break in every way, tokens expire and a node is lost; what Kafka
 * has in the end is the cluster's tree, with its last states. Settable: {@code -Dweir.seed}, {@code -Dweir.changes},
 * {@code -Dweir.breaks}.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class QumuloCampaignTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private static final int CHANGES = Integer.getInteger("weir.changes", 3_000);
    private static final int BREAKS = Integer.getInteger("weir.breaks", 8);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Looks at the state of every file, so that the agent reads it. */
    private static final String RULES =
            """
            rules:
              - id: sizes
                volume: nas
                mode: shadow
                on: [created, moved, data-written, size-changed, acl-changed, attributes-changed]
                when: {size: ">= 1TiB"}
                actions: [chmod: {mode: "0600"}]
            """;

    /** What happens to a stream. */
    private enum Trouble {
        RESET,
        ENDED,
        ENDED_IN_A_LINE,
        CUT,
        UNAVAILABLE,
        ALL_RESET,
        ANSWERS_LOST,
        OVERFLOW,
        TOKEN_EXPIRED,
        NODE_LOST
    }

    private static final List<OverflowForm> FORMS = List.of(OverflowForm.values());
    private static final List<Trouble> OFTEN = List.copyOf(EnumSet.range(Trouble.RESET, Trouble.ANSWERS_LOST));

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);
    private final Opened opened = new Opened();
    private final ToldTree told = new ToldTree();
    private final List<String> gaps = new ArrayList<>();
    /** All that was told, for messages. */
    private final List<String> lines = new ArrayList<>();

    private int gapsOver;
    private int overflows;
    private int fences;

    @SuppressWarnings("NullAway.Init") // set at the start
    private QumuloEmulator cluster;

    @SuppressWarnings("NullAway.Init") // set at the start
    private Forwarder firstNode;

    @SuppressWarnings("NullAway.Init") // set at the start
    private WeirProcess agent;

    @SuppressWarnings("NullAway.Init") // set at the start
    private EventFollower events;

    @AfterEach
    void stop() throws Exception {
        opened.closeAll();
    }

    @Test
    void whatKafkaHasInTheEndIsTheClustersTree() throws Exception {
        start();
        var changes = new RandomChanges(cluster, random);
        List<Trouble> troubles = troubles();
        int each = CHANGES / troubles.size();
        int broken = 0;
        for (Trouble trouble : troubles) {
            int before = random.nextInt(each);
            for (int i = 0; i < each; i++) {
                if (i == before) {
                    happen(trouble);
                }
                changes.change();
            }
            long done = System.nanoTime();
            caughtUp();
            System.out.printf(
                    "%d of %d, %s: caught up after %d ms%n",
                    ++broken,
                    troubles.size(),
                    trouble,
                    Duration.ofNanos(System.nanoTime() - done).toMillis());
        }
        cluster.faults().clear();
        caughtUp();
        String about = "seed " + SEED + ", troubles " + troubles + "\n" + agent.transcript();
        assertThat(told.faults()).as("not true when they were told; " + about).isEmpty();
        assertThat(told.paths()).as(about).isEqualTo(ClusterTree.paths(cluster));
        long states = requireStates(about);
        // The node that is lost may not be the one that the stream came from.
        assertThat(gaps).as(about).hasSizeGreaterThanOrEqualTo(BREAKS - 1);
        System.out.printf(
                "seed %d: %d changes, %d breaks, %d events, %d paths, of %d the last state%n",
                SEED, CHANGES, gaps.size(), events.next() - 1, told.paths().size(), states);
    }

    /** Three overflows, a token that expires and a lost node among others. */
    private List<Trouble> troubles() {
        var all = new ArrayList<>(List.of(
                Trouble.OVERFLOW, Trouble.OVERFLOW, Trouble.OVERFLOW, Trouble.TOKEN_EXPIRED, Trouble.NODE_LOST));
        while (all.size() < BREAKS) {
            all.add(OFTEN.get(random.nextInt(OFTEN.size())));
        }
        Collections.shuffle(all, random);
        return all;
    }

    private void start() throws Exception {
        home = home.toRealPath();
        Files.writeString(home.resolve("rules.yaml"), RULES);
        Files.writeString(home.resolve("password"), "ok");
        cluster = opened.add(QumuloEmulator.start());
        firstNode = opened.add(new Forwarder(cluster.uri()));
        var secondNode = opened.add(new Forwarder(cluster.uri()));
        Servers servers = Servers.start(opened, home.resolve("kafka"));
        WeirProcess apply = WeirProcess.run(home, servers.arguments("rules", "apply", "-f", "rules.yaml"));
        apply.awaitExit(); // Without a filter it cannot tell that the rule is in force.
        assertThat(apply.transcript()).contains("rule/sizes created");
        agent = servers.startPart(
                home,
                "qumulo",
                "--cluster",
                firstNode.uri().toString(),
                "--cluster",
                secondNode.uri().toString(),
                "--user",
                "admin",
                "--password-file",
                "password",
                "--volume",
                "nas",
                "--data",
                "agent");
        events = opened.add(new EventFollower(servers.connection(), this::take));
        caughtUp();
    }

    private void take(FileEvent event) {
        lines.add(ToldTree.line(event) + " " + event.getState());
        if (event.getGap() == null) {
            told.take(event);
        } else if (event.getGap().getUntil() == null) {
            gaps.add(event.getGap().getReason());
        } else {
            gapsOver++;
        }
    }

    private void happen(Trouble trouble) throws Exception {
        var faults = cluster.faults();
        switch (trouble) {
            case RESET -> faults.resetStreams();
            case ENDED -> faults.endStreams();
            case ENDED_IN_A_LINE -> faults.endStreamsInMidLine();
            case CUT -> faults.cutStreams();
            case UNAVAILABLE -> {
                faults.unavailable(3);
                faults.resetStreams();
            }
            case ALL_RESET -> faults.resetConnections();
            case ANSWERS_LOST -> {
                faults.loseAnswers(2);
                faults.resetStreams();
            }
            case OVERFLOW -> {
                cluster.switches().overflowForm(FORMS.get(overflows++ % FORMS.size()));
                faults.overflowStreams();
            }
            case TOKEN_EXPIRED -> {
                faults.expireTokens();
                faults.resetStreams();
            }
            case NODE_LOST -> firstNode.lose();
        }
    }

    /** Waits until all that has been done on the cluster by now is in Kafka, and the agent follows it. */
    private void caughtUp() {
        String fence = "/fence-" + fences++;
        cluster.tree().createFile(fence);
        Awaitility.await("seed " + SEED + ": " + fence)
                .pollInterval(Duration.ofMillis(10))
                .pollInSameThread() // the consumer belongs to one
                .atMost(LIMIT)
                .until(() -> {
                    assertThat(agent.isAlive()).as(agent::transcript).isTrue();
                    events.read();
                    return told.files().containsKey(fence) && gapsOver == gaps.size();
                });
    }

    /** What was told last of each file is as it is; that it was told at all, where the agent had the time to read it. */
    private long requireStates(String about) {
        assertThat(ClusterTree.differingStates(cluster, told, this::toldOf))
                .as(about)
                .isEmpty();
        return told.files().values().stream().filter(Optional::isPresent).count();
    }

    private String toldOf(String fileId) {
        return lines.stream()
                .filter(line -> line.startsWith("gap") || line.contains("\"fileId\": \"" + fileId + "\""))
                .collect(Collectors.joining("\n"));
    }
}
