package io.weir.it.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way from the agent to one broker. It may swallow what is sent, as a network does in which packets are lost: all that
 * was sent meanwhile comes when it is mended, as TCP would have it. Or it may reset connections, as a host does that is there
 * while the service is not.
 */
final class FaultyProxy implements Closeable {
    /** What becomes of what is sent. */
    enum Mode {
        PASS,
        SWALLOW,
        RESET
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private Mode mode = Mode.PASS;

    /** @param target the port on this host that it leads to */
    FaultyProxy(int port, int target) {
        this.target = target;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("proxy-accept", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on. */
    void become(Mode next) {
        synchronized (this) {
            mode = next;
            notifyAll();
        }
        if (next == Mode.RESET) {
            sockets.forEach(FaultyProxy::reset);
        }
    }

    private synchronized Mode mode() {
        return mode;
    }

    /** Waits while things are swallowed. */
    private synchronized void passage() throws InterruptedException {
        while (mode == Mode.SWALLOW) {
            wait();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                if (mode() == Mode.RESET) {
                    reset(client);
                } else {
                    thread("proxy-connect", () -> connect(client));
                }
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        try {
            passage();
            Socket broker = new Socket();
            sockets.add(broker);
            broker.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            broker.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            thread("proxy-there", () -> copy(client, broker));
            thread("proxy-back", () -> copy(broker, client));
        } catch (IOException e) {
            reset(client); // as a host answers on whose port nobody listens
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[64 << 10];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                passage();
                to.getOutputStream().write(buffer, 0, read);
            }
            passage();
        } catch (IOException e) {
            // either end has gone, so both go
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reset(from);
        reset(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0); // closes with RST
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        become(Mode.RESET);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
