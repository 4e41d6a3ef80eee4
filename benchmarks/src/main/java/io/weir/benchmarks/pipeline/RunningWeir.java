package io.weir.benchmarks.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.benchmarks.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code weir up --json} as a child process. */
final class RunningWeir implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration STOP = Duration.ofSeconds(15);

    private final Process process;
    private final Path errors;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Map<String, Integer> lines = new ConcurrentHashMap<>();
    private final long startedAt = System.nanoTime();
    private volatile long readyAt;

    private RunningWeir(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts it, and returns when it has said that it is ready. */
    static RunningWeir start(Path weir, Path volume, Path rules, Path data) throws IOException, InterruptedException {
        Path errors = data.resolveSibling("weir-stderr.txt");
        List<String> command = List.of(
                weir.toString(),
                "up",
                "--json",
                "--data",
                data.toString(),
                "--rules",
                rules.toString(),
                "--watch",
                volume + "=bench",
                "-r");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        // Not to be left behind if this process is ended.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-weir"));
        var running = new RunningWeir(process, errors);
        Thread reader = new Thread(running::read, "weir-output");
        reader.setDaemon(true);
        reader.start();
        running.awaitReady();
        return running;
    }

    /** From the start of the process to its being ready. */
    Duration timeToReady() {
        return Duration.ofNanos(readyAt - startedAt);
    }

    /** How many lines of a kind it has printed, such as {@code action}. */
    int linesOf(String kind) {
        return lines.getOrDefault(kind, 0);
    }

    /** Resident memory in MiB, or -1 where the kernel does not tell. */
    long residentMegabytes() {
        return ResidentMemory.megabytes(process.pid());
    }

    private void awaitReady() throws IOException, InterruptedException {
        // The first start may have to build the project.
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (ready.await(1, TimeUnit.SECONDS)) {
                return;
            }
        }
        if (ready.getCount() > 0) {
            process.destroyForcibly();
            throw new IOException("weir up did not become ready; it said: " + Files.readString(errors));
        }
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            System.err.println("weir up's output: " + e.getMessage());
        } finally {
            ended.countDown();
        }
    }

    private void take(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            String kind = json.path("kind").asText("");
            lines.merge(kind, 1, Integer::sum);
            if (kind.equals("ready")) {
                readyAt = System.nanoTime();
                ready.countDown();
            } else if (kind.equals("error") || kind.equals("gap")) {
                System.err.println(line);
            }
        } catch (JsonProcessingException e) {
            System.err.println("not JSON: " + line);
        }
    }

    /** Asks it to stop, and ends it if it does not. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("weir up did not stop within " + STOP.toSeconds() + " s");
                process.destroyForcibly();
            }
            ended.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
