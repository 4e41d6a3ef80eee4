package io.weir.agent.qumulo.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.RestClient;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stream over a cluster that is reached as the client reaches it: its trust, its session, its endpoint. */
@Timeout(30)
class NotifyClusterTest {
    @TempDir
    Path directory;

    @Test
    void aStreamUsesTheClientsTrustAndSession() throws Exception {
        try (var cluster = QumuloEmulator.builder().tls().start();
                var client = new QumuloClient(access(cluster))) {
            RestClient rest = client.rest();
            String url = rest.preferredEndpoint()
                    .resolve("/v1/files/%2F/notify?recursive=true")
                    .toString();
            var stream = new NotifyStream(NotifyStream.client(rest.http(), Duration.ofSeconds(20)), url, rest.token());
            List<String> paths = new ArrayList<>();
            stream.run(new NotifyStream.Taker() {
                @Override
                public void watching() {
                    cluster.tree().createFile("/ü");
                }

                @Override
                public boolean take(List<NotifyEvent> events) {
                    events.forEach(event -> paths.add(event.path()));
                    return false;
                }
            });
            assertThat(paths).containsExactly("ü");
        }
    }

    private ClusterAccess access(QumuloEmulator cluster) throws Exception {
        Path certificate = Files.writeString(
                directory.resolve("pem"), cluster.certificate().orElseThrow());
        return new ClusterAccess(
                List.of(cluster.uri()),
                new Credentials.UserPassword("admin", Files.writeString(directory.resolve("password"), "ok")),
                new Trust.AuthorityFile(certificate));
    }
}
