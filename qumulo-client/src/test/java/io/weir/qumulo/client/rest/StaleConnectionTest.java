package io.weir.qumulo.client.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.qumulo.client.rest.ApiRequest.Effect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that answers, resets the connection while it is idle, and is there again at once. */
@Timeout(30)
class StaleConnectionTest {
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch reset = new CountDownLatch(1);

    @Test
    void aCallThatCouldNotBeWrittenIsSentAnew(@TempDir Path directory) throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server));
            var access = new ClusterAccess(
                    List.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
                    new Credentials.TokenFile(Files.writeString(directory.resolve("token"), "t")),
                    new Trust.SystemAuthorities());
            try (var client = new RestClient(access, duration -> {}, new Random(1))) {
                ApiRequest request = ApiRequest.of("DELETE", "/v1/files/7", Effect.ONCE);
                assertThat(client.call(request).code()).isEqualTo(200);
                answered.countDown();
                reset.await();
                assertThat(client.call(request).code()).isEqualTo(200);
            }
            served.join();
        }
    }

    private void serve(ServerSocket server) {
        try {
            try (Socket first = server.accept()) {
                answer(first);
                answered.await();
                first.setSoLinger(true, 0);
            }
            reset.countDown();
            try (Socket second = server.accept()) {
                answer(second);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            assertThat(line).isNotBlank();
        }
        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
    }
}
