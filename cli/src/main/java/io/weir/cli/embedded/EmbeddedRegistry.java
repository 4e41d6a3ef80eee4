package io.weir.cli.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this process, on loopback, that speaks Confluent's REST API: schemas, subjects, versions,
 * compatibility, config, deletes. Avro only, without references, modes and contexts. Its state lies in the topic
 * {@code _schemas} of the broker and is read at start; one registry per broker.
 */
public final class EmbeddedRegistry implements Closeable {
    /** Where clients look by default. */
    public static final int DEFAULT_PORT = 8081;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads;
    private final SchemasTopic topic;

    private EmbeddedRegistry(HttpServer server, ExecutorService threads, SchemasTopic topic) {
        this.server = server;
        this.threads = threads;
        this.topic = topic;
    }

    /**
     * Reads the schemas and starts to serve.
     *
     * @param bootstrapServers the broker that keeps the schemas
     * @param preferredPort taken if it is free, else the kernel chooses; 0 lets the kernel choose at once
     * @throws EmbeddedException if the broker does not answer or no port can be had
     */
    public static EmbeddedRegistry start(String bootstrapServers, int preferredPort) {
        // The server writes head and body of an answer apart; with Nagle's algorithm each answer would wait 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        SchemaState state = new SchemaState();
        SchemasTopic topic = SchemasTopic.open(bootstrapServers, state);
        try {
            HttpServer server = bind(preferredPort);
            AtomicInteger count = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "embedded-registry-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", new RegistryHandler(new RegistryApi(state, topic)));
            server.start();
            EmbeddedRegistry registry = new EmbeddedRegistry(server, threads, topic);
            LOG.atInfo().addKeyValue("address", registry.url()).log("Embedded schema registry started");
            return registry;
        } catch (IOException e) {
            topic.close();
            throw new EmbeddedException("the embedded schema registry cannot listen on 127.0.0.1: " + e, e);
        }
    }

    private static HttpServer bind(int preferredPort) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try {
            return HttpServer.create(new InetSocketAddress(loopback, preferredPort), 0);
        } catch (IOException e) {
            return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once. Idempotent. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        topic.close();
    }
}
