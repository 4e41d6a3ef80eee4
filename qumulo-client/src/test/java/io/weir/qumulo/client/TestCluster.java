package io.weir.qumulo.client;

import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.http.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** An emulated cluster and a client of it that logs in as its user and does not wait. */
final class TestCluster implements AutoCloseable {
    final QumuloEmulator emulator = QumuloEmulator.start();
    final List<Duration> pauses = new ArrayList<>();
    final QumuloClient client;
    private final Credentials token;
    private Waiting waiting = () -> {};

    TestCluster(Path directory) throws IOException {
        var password = new Credentials.UserPassword("admin", Files.writeString(directory.resolve("password"), "ok"));
        client = clientOf(password, emulator.uri());
        token = new Credentials.TokenFile(Files.writeString(directory.resolve("token"), "access-v1:t"));
        emulator.accounts().grant("access-v1:t");
    }

    /** One that needs no login. */
    QumuloClient clientOf(URI... endpoints) throws IOException {
        return clientOf(token, endpoints);
    }

    private QumuloClient clientOf(Credentials credentials, URI... endpoints) throws IOException {
        var access = new ClusterAccess(List.of(endpoints), credentials, new Trust.SystemAuthorities());
        return new QumuloClient(access, this::pause, new Random(1));
    }

    /** It is then of this release. */
    void release(String version) {
        emulator.faults()
                .answerAlways("/v1/version", Answer.json(200, "{\"revision_id\":\"Qumulo Core " + version + "\"}"));
    }

    /** What happens while a client of it waits. */
    interface Waiting {
        void happens() throws InterruptedException;
    }

    void onPause(Waiting what) {
        waiting = what;
    }

    private void pause(Duration duration) throws InterruptedException {
        pauses.add(duration);
        waiting.happens();
    }

    /** How often a call was made, by method and the beginning of its path. */
    long count(String call) {
        return emulator.calls().stream().filter(made -> made.startsWith(call)).count();
    }

    @Override
    public void close() {
        client.close();
        emulator.close();
    }
}
