package io.weir.cli.embedded;

import java.nio.file.Path;
import java.util.Properties;

/**
 * Kafka's settings for one small broker that is its own controller.
 *
 * <p>Internal topics have one partition and one copy (Kafka's default is 50 and 3: a hundred logs, and on one broker none
 * would come up). The log cleaner's buffer is small: its default of 128 MB is resident.
 *
 * <p>A broker's session never ends while it lives: there is no other that could take over, and a pause (a busy machine, a
 * stopped process) would only take the leadership of every partition away for a moment, which transactions do not survive
 * unharmed (see {@link ServerParts#startControllerWithoutTheDeadBroker}). A dead broker's session is ended by the next start.
 */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String LISTENER = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";
    private static final String HOST = "127.0.0.1";

    private BrokerSettings() {}

    /**
     * The settings.
     *
     * @param port 0 lets the kernel choose
     */
    static Properties of(Path directory, int port) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE_ID));
        p.put("listeners", LISTENER + "://" + HOST + ":" + port + "," + CONTROLLER + "://" + HOST + ":0");
        p.put("listener.security.protocol.map", LISTENER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        p.put("inter.broker.listener.name", LISTENER);
        p.put("controller.listener.names", CONTROLLER);
        // Only a dynamic quorum lets the controller's port be chosen by the kernel.
        p.put("controller.quorum.bootstrap.servers", HOST + ":0");
        p.put("log.dirs", directory.toString());
        oneOfEach(p);
        quickStart(p);
        small(p);
        p.put("auto.create.topics.enable", "false");
        return p;
    }

    private static void oneOfEach(Properties p) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.put(topic + ".num.partitions", "1");
            p.put(topic + ".replication.factor", "1");
        }
        p.put("transaction.state.log.min.isr", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("num.partitions", "1");
    }

    private static void quickStart(Properties p) {
        p.put("broker.session.timeout.ms", Integer.toString(Integer.MAX_VALUE));
        p.put("broker.heartbeat.interval.ms", "200");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("server.max.startup.time.ms", "60000");
        // How soon a transaction that a dead producer left open is seen to be over, which read-committed readers wait
        // for.
        p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    }

    private static void small(Properties p) {
        p.put("log.cleaner.dedupe.buffer.size", "2097152");
        p.put("num.network.threads", "2");
        p.put("num.io.threads", "4");
        p.put("background.threads", "4");
        p.put("num.recovery.threads.per.data.dir", "2");
        // One controller needs no proof that it is still there; the default writes a record twice a second for ever.
        p.put("metadata.max.idle.interval.ms", "0");
    }
}
