package io.weir.qumulo.emulator.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection of a client, served by one thread until either side ends it. */
final class HttpConnection implements Runnable {
    /** The web port serves the API below this. */
    private static final String PREFIX = "/api";

    private static final Logger log = LoggerFactory.getLogger(HttpConnection.class);

    /** The TCP connection itself, which is what a reset has to reset. */
    private final Socket tcp;

    private final @Nullable SSLContext tls;
    private final Function<HttpRequest, Answer> handler;
    private volatile @Nullable InputStream input;

    HttpConnection(Socket tcp, @Nullable SSLContext tls, Function<HttpRequest, Answer> handler) {
        this.tcp = tcp;
        this.tls = tls;
        this.handler = handler;
    }

    @Override
    public void run() {
        try (Socket socket = secured()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            input = in;
            serve(in, out);
        } catch (IOException e) {
            log.atDebug().addKeyValue("reason", e.toString()).log("a connection has ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private Socket secured() throws IOException {
        tcp.setTcpNoDelay(true);
        if (tls == null) {
            return tcp;
        }
        var socket = (SSLSocket)
                tls.getSocketFactory().createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
        var reader = new RequestReader(in, out);
        while (true) {
            HttpRequest request;
            try {
                request = reader.read();
            } catch (RequestReader.BadRequestException e) {
                send(Answer.error(400, "http_bad_request_error", String.valueOf(e.getMessage())), out);
                return;
            }
            if (request == null || !answer(request.withoutPrefix(PREFIX), out)) {
                return;
            }
        }
    }

    /** Whether the connection goes on. */
    private boolean answer(HttpRequest request, OutputStream out) throws IOException, InterruptedException {
        Answer answer = handler.apply(request);
        if (answer instanceof Answer.Whole whole) {
            send(whole, out);
            return request.keepsConnection();
        }
        if (answer instanceof Answer.Streamed streamed) {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + streamed.contentType()
                            + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            streamed.source().run(new StreamOutput(this, out));
            return false;
        }
        reset();
        return false;
    }

    private static void send(Answer.Whole answer, OutputStream out) throws IOException {
        var head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" -\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(answer.body().length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(answer.body());
        out.flush();
    }

    void close() {
        try {
            tcp.close();
        } catch (IOException e) {
            log.atDebug().addKeyValue("reason", e.toString()).log("a connection did not close");
        }
    }

    void reset() {
        try {
            tcp.setSoLinger(true, 0);
        } catch (IOException e) {
            log.atDebug().addKeyValue("reason", e.toString()).log("a connection was closed already");
        }
        close();
    }

    /** Nothing more comes from a client that reads a stream, but its end. */
    void whenPeerCloses(Runnable action) {
        InputStream in = input;
        Thread thread = new Thread(
                () -> {
                    try {
                        while (in != null && in.read() >= 0) {
                            log.trace("bytes after the request");
                        }
                    } catch (IOException e) {
                        log.atTrace().addKeyValue("reason", e.toString()).log("the other side has gone");
                    }
                    action.run();
                },
                "weir-qumulo-peer");
        thread.setDaemon(true);
        thread.start();
    }
}
