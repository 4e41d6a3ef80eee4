package io.weir.benchmarks.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentCore;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.publish.KafkaOutlet;
import io.weir.agent.qumulo.NotifyTypes;
import io.weir.agent.qumulo.QumuloConfig;
import io.weir.agent.qumulo.QumuloSource;
import io.weir.agent.qumulo.StateInterest;
import io.weir.benchmarks.WorkDirectory;
import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.tree.FileTree;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Events a second that the Qumulo connector takes from its stream into Kafka. */
@Command(
        name = "qumulo",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many events a second the Qumulo connector takes from the socket until Kafka has acknowledged them;"
                    + " emulated cluster, connector, broker and registry share one process."
        })
public final class QumuloThroughput implements Callable<Integer> {
    private static final int DIRECTORIES = 1000;
    private static final String BREAKS = "connection-breaks";
    private static final long REST_NANOS = 1_000_000_000;

    @Option(names = "--changes", defaultValue = "100000", description = "Of each run (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--runs", defaultValue = "5", description = "After one that warms up (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--directory", description = "Where to work (default: a temporary directory).")
    private Path parent = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory(parent, "weir-bench-qumulo");
        try (QumuloEmulator cluster = QumuloEmulator.start();
                EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                EmbeddedRegistry registry = EmbeddedRegistry.start(broker.bootstrapServers(), 0)) {
            cluster.switches().queueLimit(Integer.MAX_VALUE);
            cluster.accounts().grant("bench");
            FileTree tree = cluster.tree();
            for (int i = 0; i < DIRECTORIES; i++) {
                tree.createDirectories(directory(i));
                tree.createFile(directory(i), "file");
            }
            KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), registry.url());
            try (TopicAdmin admin = new TopicAdmin(connection)) {
                admin.create(TopicSettings.embedded());
            }
            measure(cluster, connection, directory);
        } finally {
            WorkDirectory.delete(directory);
        }
        return 0;
    }

    private void measure(QumuloEmulator cluster, KafkaConnection connection, Path directory) throws Exception {
        Path token = Files.writeString(directory.resolve("token"), "bench");
        var access = new ClusterAccess(
                List.of(cluster.uri()), new Credentials.TokenFile(token), new Trust.SystemAuthorities());
        var config = new QumuloConfig(access, List.of("/"), "nas", NotifyTypes.DEFAULT, List.of());
        QumuloSource source = QumuloSource.open(config, "bench", StateInterest.NONE);
        try (AgentCore agent = AgentCore.open(
                AgentConfig.of("bench", "host", directory.resolve("agent")),
                source,
                new KafkaOutlet(connection, "bench"),
                ClaimSettings.refused())) {
            agent.start();
            FileTree tree = cluster.tree();
            for (int run = 0; run <= runs; run++) {
                String name = run == 0 ? "warm-up" : "run " + run;
                int first = run;
                run(
                        agent,
                        name + ", modes set",
                        1,
                        1,
                        i -> tree.change(
                                directory(i) + "/file",
                                change -> change.mode((first * 64 + i / DIRECTORIES + 1) & 0777)));
                run(
                        agent,
                        name + ", files appended to",
                        3,
                        2,
                        i -> tree.append(directory(i) + "/file", new byte[] {1}));
                run(agent, name + ", files made", 1, 1, i -> tree.createFile(directory(i), "made-" + first + "-" + i));
            }
        }
    }

    /**
     * Makes changes as fast as it can, and waits until Kafka has all events; or, where they came so much faster than they were
     * taken that the stream was given up, until it has what a comparison found, which says nothing of the speed.
     *
     * @param told events of the stream, of each change
     * @param published events that become of them
     */
    private void run(AgentCore agent, String name, int told, int published, IntConsumer change) {
        long before = delivered(agent);
        long breaks = figure(agent, BREAKS);
        long start = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            change.accept(i);
        }
        double made = (System.nanoTime() - start) / 1e9;
        while (delivered(agent) - before < (long) changes * published && figure(agent, BREAKS) == breaks) {
            LockSupport.parkNanos(1_000_000);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (figure(agent, BREAKS) > breaks) {
            awaitRest(agent);
            System.out.printf(
                    Locale.ROOT,
                    "%s: the stream was given up, since too much waited; made at %,.0f/s%n",
                    name,
                    (double) changes * told / made);
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %,.0f events/s from the socket to Kafka (%,.0f published); made at %,.0f/s%n",
                name,
                (double) changes * told / seconds,
                (double) changes * published / seconds,
                (double) changes * told / made);
    }

    private static void awaitRest(AgentCore agent) {
        long last = -1;
        while (!agent.status().gaps().isEmpty() || delivered(agent) != last) {
            last = delivered(agent);
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private static long delivered(AgentCore agent) {
        return figure(agent, "events-delivered");
    }

    private static long figure(AgentCore agent, String name) {
        Map<String, Long> figures = agent.status().figures();
        return figures.getOrDefault(name, 0L);
    }

    private static String directory(int file) {
        int number = file % DIRECTORIES;
        return "/bench/" + number / 100 + "/" + number;
    }
}
