package io.weir.cli.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** The broker's data directory: formatted on first use, looked over at every start. */
final class BrokerStorage {
    private static final String META = "meta.properties";
    private static final String CLEAN = ".kafka_cleanshutdown";
    private static final String METADATA_LOG = "__cluster_metadata-0";

    private BrokerStorage() {}

    /** Whether a broker was at work here and has not left the file that Kafka leaves when it stops cleanly. */
    static boolean hasCrashed(Path directory) {
        return Files.exists(directory.resolve(META)) && !Files.exists(directory.resolve(CLEAN));
    }

    /** Formats a directory without logs; checks one that has been formatted. */
    static void prepare(Path directory, KafkaConfig config) {
        try {
            if (Files.exists(directory.resolve(META))) {
                check(directory);
                return;
            }
            refuseOrphans(directory);
            format(directory, config);
        } catch (EmbeddedException e) {
            throw e;
        } catch (Exception e) {
            throw new EmbeddedException(
                    "data directory='" + directory + "' cannot be formatted for the broker: " + e
                            + "; expected a directory that this user may write to",
                    e);
        }
    }

    private static void check(Path directory) throws IOException {
        Properties meta = new Properties();
        try (Reader in = Files.newBufferedReader(directory.resolve(META))) {
            meta.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(directory, "it cannot be read: " + e, e);
        }
        for (String name : List.of("version", "cluster.id", "node.id")) {
            if (meta.getProperty(name) == null) {
                throw damaged(directory, "it has no " + name, null);
            }
        }
        if (!meta.getProperty("node.id").strip().equals(Integer.toString(BrokerSettings.NODE_ID))) {
            throw damaged(
                    directory,
                    "it belongs to node.id='" + meta.getProperty("node.id") + "'; expected " + BrokerSettings.NODE_ID,
                    null);
        }
    }

    private static EmbeddedException damaged(Path directory, String reason, @Nullable Exception cause) {
        return new EmbeddedException(
                "file='" + directory.resolve(META) + "' is damaged or not the embedded broker's: " + reason
                        + "; restore it from a backup, or move '" + directory + "' away to start empty",
                cause);
    }

    /** Formatting beside logs that are there would make the broker take them for strays and delete them. */
    private static void refuseOrphans(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> logs = entries.filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .filter(n -> n.matches(".+-[0-9]+") && !n.equals(METADATA_LOG))
                    .sorted()
                    .toList();
            if (!logs.isEmpty()) {
                throw new EmbeddedException(
                        "data directory='" + directory + "' has logs (" + logs.get(0) + ", …) but no " + META
                                + "; restore that file from a backup, or move the directory away to start empty",
                        null);
            }
        }
        deleteUnfinished(directory.resolve(METADATA_LOG));
    }

    /** What a formatting that was killed half way has left. */
    private static void deleteUnfinished(Path metadataLog) throws IOException {
        if (!Files.isDirectory(metadataLog)) {
            return;
        }
        try (Stream<Path> entries = Files.list(metadataLog)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(metadataLog);
    }

    private static void format(Path directory, KafkaConfig config) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setHasDynamicQuorum(true)
                .setInitialControllers(StorageTool.createStandaloneDynamicVoters(config))
                .run();
    }
}
