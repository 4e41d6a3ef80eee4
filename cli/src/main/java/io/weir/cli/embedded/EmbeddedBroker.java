package io.weir.cli.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apache Kafka's own server in this process: broker and controller in one, on loopback, over a data directory that survives
 * restarts and {@code kill -9}. One per directory; several per process are fine.
 */
public final class EmbeddedBroker implements Closeable {
    /** Where Kafka's clients look by default. */
    public static final int DEFAULT_PORT = 9092;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration CLOSE = Duration.ofMillis(4500);
    private static final Duration MARKERS = Duration.ofSeconds(1);

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, int port) {
        this.lock = lock;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and waits until it serves (1 to 2 s, longer after a crash with much unwritten data).
     *
     * @param directory its data directory; made and formatted on first use
     * @param preferredPort taken if it is free, else the kernel chooses; 0 lets the kernel choose at once
     * @throws EmbeddedException if the directory is in use, damaged or not writable, or the broker does not come up
     */
    public static EmbeddedBroker start(Path directory, int preferredPort) {
        return start(directory, preferredPort, Map.of(), EmbeddedBroker::isFree);
    }

    /**
     * As {@link #start(Path, int)}, with further settings of Kafka's, which take precedence: more listeners, an authorizer.
     * The listener {@code PLAINTEXT}, on which the broker also talks to itself, must stay among them.
     */
    public static EmbeddedBroker start(Path directory, int preferredPort, Map<String, String> settings) {
        return start(directory, preferredPort, settings, EmbeddedBroker::isFree);
    }

    /** With the question whether a port is free made replaceable for a test. */
    static EmbeddedBroker start(Path directory, int preferredPort, Map<String, String> settings, IntPredicate isFree) {
        Path absolute = directory.toAbsolutePath().normalize();
        tellBeforeTheEnd(absolute);
        DirectoryLock lock = DirectoryLock.take(absolute);
        try {
            boolean preferred = preferredPort != 0 && isFree.test(preferredPort);
            KafkaRaftServer server = startOn(absolute, preferred ? preferredPort : 0, settings);
            EmbeddedBroker broker =
                    new EmbeddedBroker(lock, server, ServerParts.of(server).port(BrokerSettings.LISTENER));
            LOG.atInfo()
                    .addKeyValue("address", broker.bootstrapServers())
                    .addKeyValue("directory", absolute)
                    .log("Embedded broker started");
            return broker;
        } catch (RuntimeException e) {
            lock.close();
            throw e instanceof EmbeddedException
                    ? e
                    : new EmbeddedException(
                            "the embedded broker does not start over data directory='" + absolute + "': " + rootOf(e)
                                    + "; if the directory is damaged, restore it from a backup or move it away",
                            e);
        }
    }

    /** Kafka binds its port seconds after it was seen to be free; if somebody was quicker, the kernel chooses another. */
    private static KafkaRaftServer startOn(Path directory, int port, Map<String, String> settings) {
        boolean afterCrash = BrokerStorage.hasCrashed(directory);
        Properties properties = BrokerSettings.of(directory, port);
        properties.putAll(settings);
        KafkaConfig config = new KafkaConfig(properties, false);
        BrokerStorage.prepare(directory, config);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            if (afterCrash) {
                ServerParts.of(server).startControllerWithoutTheDeadBroker();
            }
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            if (port != 0 && rootOf(e) instanceof BindException) {
                return startOn(directory, 0, settings);
            }
            throw e;
        }
    }

    /** Kafka ends its process when it can no longer write, which is this process; people should see why. */
    private static void tellBeforeTheEnd(Path directory) {
        Exit.setHaltProcedure((status, message) -> {
            System.err.println(
                    "the embedded Kafka broker over data directory='" + directory
                            + "' can no longer write and ends this process" + (message == null ? "" : ": " + message)
                            + "; expected a disk that works and has room; what was acknowledged is kept: try again once it has");
            Runtime.getRuntime().halt(status);
        });
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** The port of one of the listeners that were added. */
    public int port(String listener) {
        return ServerParts.of(server).port(listener);
    }

    /** Stops cleanly, within 5 s; what is acknowledged is kept in any case. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Thread stopper = new Thread(this::stop, "embedded-broker-stop");
        stopper.setDaemon(true);
        stopper.start();
        try {
            stopper.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (stopper.isAlive()) {
            LOG.warn(
                    "The embedded broker has not stopped within {}; going on without it. The next start recovers its logs.",
                    CLOSE);
        }
    }

    private void stop() {
        try {
            if (!ServerParts.of(server).awaitDecidedTransactions(MARKERS)) {
                LOG.warn("Transactions were not complete after {}; stopping the embedded broker all the same", MARKERS);
            }
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }
}
