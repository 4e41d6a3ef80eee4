package io.weir.worker.qumulo;

import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.qumulo.client.rest.Credentials;
import io.weir.qumulo.client.rest.Trust;
import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.fault.Script;
import io.weir.worker.files.VolumeContract.User;
import io.weir.worker.run.ActionRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** An emulated cluster with a volume of which {@code root} is a directory, and a worker {@code w1} that lives. */
public final class TestCluster implements AutoCloseable {
    public static final String WORKER = "w1";

    public final QumuloEmulator emulator;
    public final ClusterVolume volume;
    final QumuloClient client;
    private Runnable beforeChange = () -> {};
    private boolean asking;
    private long nanos;
    final Heartbeat heartbeat = new Heartbeat(this::nanos);

    public TestCluster(Path directory, String root) throws IOException {
        this(directory, root, false);
    }

    TestCluster(Path directory, String root, boolean tls) throws IOException {
        Files.createDirectories(directory);
        emulator = tls
                ? QumuloEmulator.builder().tls().start()
                : QumuloEmulator.builder().start();
        Optional<String> certificate = emulator.certificate();
        Trust trust = certificate.isEmpty()
                ? new Trust.SystemAuthorities()
                : new Trust.AuthorityFile(Files.writeString(directory.resolve("ca.pem"), certificate.get()));
        emulator.accounts().grant("access-v1:t");
        emulator.tree().createDirectories(root);
        var access = new ClusterAccess(
                List.of(emulator.uri()),
                new Credentials.TokenFile(Files.writeString(directory.resolve("token"), "access-v1:t")),
                trust);
        volume = new ClusterVolume("vol", access, root, "/.weir/marks", Optional.empty());
        client = new QumuloClient(access, pause -> {}, new Random(1));
        heartbeat.acknowledged(nanos);
    }

    /** Asked before each change; then something may come in between. */
    private long nanos() {
        if (!asking) {
            asking = true;
            try {
                beforeChange.run();
            } finally {
                asking = false;
            }
        }
        return nanos;
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    public QumuloClient client() {
        return client;
    }

    /** Time goes on without an acknowledged heartbeat. */
    public void passSeconds(long seconds) {
        nanos += seconds * 1_000_000_000L;
    }

    /** What happens right before each change of the worker that is not a mark is sent. */
    public void beforeChange(Runnable what) {
        beforeChange = what;
    }

    public ClusterFiles files() {
        return new ClusterFiles(volume, client, WORKER, heartbeat);
    }

    public ClusterMarkFolder marks() throws IOException {
        return new ClusterMarkFolder(volume, client, WORKER, heartbeat);
    }

    /** Another volume on the same cluster, for the same worker; perhaps mounted on its host, too. */
    public void serveAnother(ActionRunner runner, String name, String root, Optional<Path> mount) throws IOException {
        emulator.tree().createDirectories(root);
        var other = new ClusterVolume(name, volume.access(), root, "/.weir/marks", mount);
        runner.serve(
                new ClusterFiles(other, client, WORKER, heartbeat),
                new ClusterMarkFolder(other, client, WORKER, heartbeat));
    }

    /** Loses the answer of the nth call from now, from 1. */
    void loseAnswer(int nth) {
        emulator.run(Script.parse("- {after: " + nth + " requests, fault: lose-answers}"), step -> {});
    }

    /** The path on the cluster. */
    public String at(String path) {
        return volume.root().equals("/") ? path : path.equals("/") ? volume.root() : volume.root() + path;
    }

    /** What is left in the staging directory. */
    List<String> staged() {
        return user().names("/.weir/staging");
    }

    public ClusterUser user() {
        return new ClusterUser();
    }

    @Override
    public void close() {
        client.close();
        emulator.close();
    }

    /** A user over NFS, say: past the REST API. */
    public final class ClusterUser implements User {
        @Override
        public void write(String path, String content) {
            if (emulator.tree().state().find(at(path)).isEmpty()) {
                emulator.tree().createFile(at(path));
            }
            emulator.tree().write(at(path), content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void mode(String path, int mode) {
            emulator.tree().change(at(path), change -> change.mode(mode));
        }

        @Override
        public void directory(String path) {
            emulator.tree().createDirectory(at(path));
        }

        @Override
        public void link(String path, String target) {
            String parent = path.substring(0, path.lastIndexOf('/'));
            emulator.tree()
                    .createSymlink(at(parent.isEmpty() ? "/" : parent), path.substring(parent.length() + 1), target);
        }

        @Override
        public void name(String path, String existing) {
            String parent = path.substring(0, path.lastIndexOf('/'));
            emulator.tree()
                    .link(at(existing), at(parent.isEmpty() ? "/" : parent), path.substring(parent.length() + 1));
        }

        @Override
        public void move(String from, String to) {
            emulator.tree().rename(at(from), at(to));
        }

        @Override
        public void delete(String path) {
            emulator.tree().delete(at(path));
        }

        @Override
        public String content(String path) {
            var data =
                    emulator.tree().state().find(at(path)).orElseThrow().file().data();
            return new String(data.read(0, data.size()), StandardCharsets.UTF_8);
        }

        @Override
        public List<String> names(String directory) {
            String top = at(directory).equals("/") ? "/" : at(directory) + "/";
            return emulator.tree().state().paths().keySet().stream()
                    .map(path -> path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path)
                    .filter(path -> path.startsWith(top) && path.length() > top.length())
                    .map(path -> path.substring(top.length()))
                    .filter(name -> name.indexOf('/') < 0)
                    .toList();
        }

        public boolean has(String path) {
            return emulator.tree().state().find(at(path)).isPresent();
        }
    }
}
