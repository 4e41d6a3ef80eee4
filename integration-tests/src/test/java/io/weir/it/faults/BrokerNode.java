package io.weir.it.faults;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** A process: one broker and controller of a cluster with static voters, until SIGTERM stops it cleanly. */
final class BrokerNode {
    static final String READY = "ready";

    private BrokerNode() {}

    /** The properties file, and the cluster's id. */
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(in);
        }
        KafkaConfig config = new KafkaConfig(properties, false);
        String directory = properties.getProperty("log.dirs");
        if (!Files.exists(Path.of(directory, "meta.properties"))) {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setClusterId(args[1])
                    .setNodeId(config.nodeId())
                    .setControllerListenerName(ThreeBrokers.CONTROLLER)
                    .setDirectories(List.of(directory))
                    .setMetadataLogDirectory(directory)
                    .run();
        }
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-stop"));
        server.startup();
        System.out.println(READY);
        server.awaitShutdown();
    }
}
