package io.weir.agent.qumulo.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.qumulo.notify.StreamEnd.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a socket that sends what a test says, byte by byte, and then does what networks do. */
@Timeout(30)
class NotifyStreamTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-source\r\n\r\n";
    private static final String ADDED =
            "data: [{\"type\":\"child_file_added\",\"spine\":[\"2\",\"7\"],\"path\":\"é\",\"stream_name\":null}]\n\n";

    /** What the server does with a connection, once it has read the request. */
    private interface Conduct {
        void with(Socket socket, OutputStream out) throws Exception;
    }

    private final List<String> paths = new ArrayList<>();
    private final CountDownLatch watching = new CountDownLatch(1);
    private boolean room = true;

    @AutoClose
    private final ServerSocket server = server();

    private OkHttpClient http = new OkHttpClient();

    @BeforeEach
    void client() {
        http = NotifyStream.client(new OkHttpClient.Builder(), Duration.ofMillis(500));
    }

    @Test
    void tellsThatItWatchesAndWhatHappens() {
        StreamEnd end = run((socket, out) -> send(out, HEAD + ": watching\n\n: keepalive\n\n" + ADDED + ADDED));
        assertThat(watching.getCount()).isZero();
        assertThat(paths).containsExactly("é", "é");
        assertThat(end.reason()).isEqualTo(Reason.CLOSED);
    }

    @Test
    void readsLinesThatComeInPieces() {
        byte[] bytes = (HEAD + ADDED.replace("\n", "\r\n")).getBytes(UTF_8);
        run((socket, out) -> {
            for (byte b : bytes) {
                out.write(b);
                out.flush();
            }
        });
        assertThat(paths).containsExactly("é");
    }

    @Test
    void anEndWithinALine() {
        StreamEnd end = run((socket, out) -> send(out, HEAD + ADDED + "data: [{\"type\":\"child_fi"));
        assertThat(paths).hasSize(1);
        assertThat(end.reason()).isEqualTo(Reason.CUT);
    }

    @Test
    void aReset() {
        StreamEnd end = run((socket, out) -> {
            send(out, HEAD + ": watching\n\n");
            watching.await();
            socket.setSoLinger(true, 0);
            socket.close();
        });
        assertThat(end.reason()).isEqualTo(Reason.CUT);
    }

    @Test
    void silence() {
        CountDownLatch done = new CountDownLatch(1);
        StreamEnd end = run(
                (socket, out) -> {
                    send(out, HEAD + ": watching\n\n");
                    done.await();
                },
                done);
        assertThat(end.reason()).isEqualTo(Reason.SILENT);
    }

    @Test
    void aLossThatTheClusterTells() {
        StreamEnd end = run((socket, out) ->
                send(out, HEAD + "data: {\"error_class\":\"fs_watcher_missed_events_error\"}\n\n" + ADDED));
        assertThat(end.reason()).isEqualTo(Reason.LOST);
        assertThat(paths).isEmpty();
    }

    @Test
    void aLossThatTheClusterTellsInPlaceOfAStream() {
        StreamEnd end = run((socket, out) -> send(
                out, answer("400 Bad", "{\"error_class\":\"fs_watcher_missed_events_error\",\"description\":\"d\"}")));
        assertThat(end).isEqualTo(new StreamEnd(Reason.LOST, "HTTP 400: fs_watcher_missed_events_error: d"));
    }

    @Test
    void answersThatAreNoStream() {
        assertThat(run((socket, out) -> send(out, answer("401 No", ""))).reason())
                .isEqualTo(Reason.UNAUTHORIZED);
        assertThat(run((socket, out) -> send(out, answer("503 Busy", ""))).reason())
                .isEqualTo(Reason.UNAVAILABLE);
        assertThat(run((socket, out) -> send(out, answer("400 No", "recursive is disabled"))))
                .isEqualTo(new StreamEnd(Reason.REFUSED, "HTTP 400: recursive is disabled"));
    }

    @Test
    void whenThereIsNoRoomForEventsItEndsRatherThanWait() {
        room = false;
        assertThat(run((socket, out) -> send(out, HEAD + ADDED + ADDED)).reason())
                .isEqualTo(Reason.LOST);
        assertThat(paths).hasSize(1);
    }

    @Test
    void canBeStoppedWhileItWaits() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        NotifyStream stream = stream();
        Thread stopper = new Thread(() -> {
            try {
                watching.await();
                stream.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopper.start();
        StreamEnd end = run(
                stream,
                (socket, out) -> {
                    send(out, HEAD + ": watching\n\n");
                    done.await();
                },
                done);
        stopper.join();
        assertThat(end.reason()).isEqualTo(Reason.STOPPED);
    }

    @Test
    void nobodyListens() throws IOException {
        server.close();
        assertThat(stream().run(taker()).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    private StreamEnd run(Conduct conduct) {
        return run(conduct, new CountDownLatch(0));
    }

    private StreamEnd run(Conduct conduct, CountDownLatch done) {
        return run(stream(), conduct, done);
    }

    /** @param done counted down when the stream has ended, for a server that waits for that */
    private StreamEnd run(NotifyStream stream, Conduct conduct, CountDownLatch done) {
        Thread serving = new Thread(() -> serve(conduct));
        serving.start();
        try {
            return stream.run(taker());
        } finally {
            done.countDown();
            try {
                serving.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private NotifyStream stream() {
        return new NotifyStream(http, "http://127.0.0.1:" + server.getLocalPort() + "/v1/files/%2F/notify", "t");
    }

    private NotifyStream.Taker taker() {
        return new NotifyStream.Taker() {
            @Override
            public void watching() {
                watching.countDown();
            }

            @Override
            public boolean take(List<NotifyEvent> events) {
                events.forEach(event -> paths.add(event.path()));
                return room;
            }
        };
    }

    private void serve(Conduct conduct) {
        try (Socket socket = server.accept()) {
            readHead(socket.getInputStream());
            conduct.with(socket, socket.getOutputStream());
        } catch (Exception e) {
            // The client has gone, as some tests want.
        }
    }

    private static void readHead(InputStream in) throws IOException {
        int ends = 0;
        for (int b = in.read(); b != -1 && ends < 4; b = ends == 4 ? -1 : in.read()) {
            ends = b == '\r' || b == '\n' ? ends + 1 : 0;
        }
    }

    private static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    private static ServerSocket server() {
        try {
            return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
