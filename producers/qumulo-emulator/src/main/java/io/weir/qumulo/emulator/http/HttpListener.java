package io.weir.qumulo.emulator.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and serves each connection by a thread. */
public final class HttpListener implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final Logger log = LoggerFactory.getLogger(HttpListener.class);

    private final @Nullable SSLContext tls;
    private final Function<HttpRequest, Answer> handler;
    private final BooleanSupplier refuses;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "weir-qumulo-emulator-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final InetAddress address;
    private final int port;
    private ServerSocket socket;
    private boolean closed;

    /**
     * Listens from now on.
     *
     * @param address where; loopback is reached from this host alone
     * @param port 0: any that is free
     * @param tls null: plain HTTP
     * @param refuses asked at each connection whether it is reset at once
     * @throws IOException if the port is taken
     */
    public HttpListener(
            InetAddress address,
            int port,
            @Nullable SSLContext tls,
            BooleanSupplier refuses,
            Function<HttpRequest, Answer> handler)
            throws IOException {
        this.address = address;
        this.tls = tls;
        this.refuses = refuses;
        this.handler = handler;
        this.socket = bind(address, port);
        this.port = socket.getLocalPort();
        ServerSocket first = socket;
        threads.execute(() -> accept(first));
    }

    private static ServerSocket bind(InetAddress address, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new IOException(
                    "port=" + port + " on " + address.getHostAddress() + ": " + e.getMessage()
                            + "; try port 0, for any",
                    e);
        }
        return socket;
    }

    public int port() {
        return port;
    }

    /** Whether there is anybody to connect to; connections that there are stay. */
    public synchronized void listening(boolean on) throws IOException {
        if (!on) {
            socket.close();
        } else if (socket.isClosed() && !closed) {
            ServerSocket again = bind(address, port);
            socket = again;
            threads.execute(() -> accept(again));
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            Socket tcp;
            try {
                tcp = from.accept();
            } catch (IOException e) {
                log.atDebug().addKeyValue("reason", e.toString()).log("no more connections are taken");
                return;
            }
            var connection = new HttpConnection(tcp, tls, handler);
            if (refuses.getAsBoolean() || !isTaken(connection, from)) {
                connection.reset();
                continue;
            }
            threads.execute(() -> {
                try {
                    connection.run();
                } finally {
                    connections.remove(connection);
                }
            });
        }
    }

    /** Not what the kernel gives just when the socket is closed: nobody listens any more. */
    private synchronized boolean isTaken(HttpConnection connection, ServerSocket from) {
        return !from.isClosed() && connections.add(connection);
    }

    /** Resets all connections, those between two requests too. */
    public synchronized void resetConnections() {
        connections.forEach(HttpConnection::reset);
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            socket.close();
        }
        connections.forEach(HttpConnection::close);
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("connections of the emulator still run; they end with the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
