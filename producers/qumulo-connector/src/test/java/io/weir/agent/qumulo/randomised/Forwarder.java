package io.weir.agent.qumulo.randomised;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One node's address of a cluster: passes connections on, until it is closed. */
public final class Forwarder implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public Forwarder(URI cluster) throws IOException {
        this.target = cluster.getPort();
        start(this::accept);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "forwarder");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket node = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                node.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(node);
                start(() -> pass(client, node));
                start(() -> pass(node, client));
            }
        } catch (IOException e) {
            return; // Closed.
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            return; // One side has gone: both are closed.
        }
    }

    @Override
    public void close() throws IOException {
        lose();
    }

    /** The node is lost, with all its connections. Idempotent. */
    public void lose() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
