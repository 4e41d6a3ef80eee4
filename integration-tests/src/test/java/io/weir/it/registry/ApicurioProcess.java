package io.weir.it.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Apicurio Registry in a process of its own, from the archive that the build unpacks; on loopback, ended with the test. */
public final class ApicurioProcess implements AutoCloseable {
    private static final Path HOME = Path.of("target/apicurio").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Below the ports that the kernel gives to others, so that it can be started again on the same one. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 12_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> storage;
    private final int port;
    private Process process;

    private ApicurioProcess(String... storage) {
        this.storage = List.of(storage);
        port = freePort();
        process = launch();
    }

    /** Forgets all with its process, as Apicurio does where nobody says otherwise. */
    public static ApicurioProcess inMemory() {
        return new ApicurioProcess();
    }

    /** Keeps its schemas in a topic of the broker. */
    public static ApicurioProcess inKafka(String bootstrapServers) {
        return new ApicurioProcess(
                "-Dapicurio.storage.kind=kafkasql", "-Dapicurio.kafkasql.bootstrap.servers=" + bootstrapServers);
    }

    /** Where it speaks Confluent's API; stays the same. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void startAgain() {
        process = launch();
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.access-log.enabled=false",
                "-Dapicurio.ccompat.use-canonical-hash=true"));
        command.addAll(storage);
        command.addAll(List.of("-jar", archive().toString()));
        Path log = HOME.resolveSibling("apicurio-" + port + ".log");
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "apicurio-end"));
            Awaitility.await("Apicurio, " + log)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> isReady(started, log));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady(Process started, Path log) throws InterruptedException {
        if (!started.isAlive()) {
            throw new IllegalStateException("Apicurio ended with " + started.exitValue() + "; it says why in " + log);
        }
        // It answers before it has read its schemas from Kafka; only this says when it has.
        URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
        HttpRequest request = HttpRequest.newBuilder(ready).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path archive() {
        try (var files = Files.newDirectoryStream(HOME, "*-runner.jar")) {
            return files.iterator().next();
        } catch (IOException | java.util.NoSuchElementException e) {
            throw new IllegalStateException(
                    "Apicurio is not in " + HOME
                            + "; './mvnw -pl integration-tests -am generate-test-resources' gets it",
                    e);
        }
    }

    private static int freePort() {
        while (true) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody has it; another one, then.
            }
        }
    }

    @Override
    public void close() {
        kill();
    }
}
