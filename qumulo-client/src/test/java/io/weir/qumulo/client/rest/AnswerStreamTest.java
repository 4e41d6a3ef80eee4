package io.weir.qumulo.client.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.InputStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AnswerStreamTest {
    @Test
    void dataThatBreaksOffIsSaidSoWithTheBytesThatCame(@TempDir Path directory) throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerHalf(server));
            var access = new ClusterAccess(
                    List.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
                    new Credentials.TokenFile(Files.writeString(directory.resolve("token"), "t")),
                    new Trust.SystemAuthorities());
            try (var client = new RestClient(access, duration -> {}, new Random(1));
                    InputStream data = client.open(ApiRequest.get("/v1/files/7/data"))) {
                QumuloException e = catchThrowableOfType(QumuloException.class, data::readAllBytes);
                assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(e).hasMessageStartingWith("GET /v1/files/7/data broke off after 5 bytes: cluster='http://");
            }
            served.join();
        }
    }

    private static void answerHalf(ServerSocket server) {
        try (Socket socket = server.accept();
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                assertThat(line).isNotBlank();
            }
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcde".getBytes(US_ASCII));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
