package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.it.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionEvaluationListener;
import org.awaitility.core.EvaluatedCondition;
import org.awaitility.core.TimeoutEvent;

/** A {@code weir} command in a process of its own, run from the test's class path; its JSON lines and messages. */
public final class WeirProcess implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final List<JsonNode> lines = new ArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private WeirProcess(Process process) {
        this.process = process;
        outReader = reader("weir-stdout", process.getInputStream(), this::onOut);
        errReader = reader("weir-stderr", process.getErrorStream(), this::onErr);
    }

    /** Starts {@code weir ARGS} in the directory. */
    public static WeirProcess start(Path directory, String... args) {
        return start(directory, List.of(), args);
    }

    /**
     * The same, with an environment.
     *
     * @param environment beside that of the test
     */
    public static WeirProcess start(Path directory, Map<String, String> environment, String... args) {
        return start(directory, List.of(), environment, args);
    }

    /** @param classPath what comes behind Weir's own, as by {@code WEIR_MODULES} */
    static WeirProcess start(Path directory, List<Path> classPath, String... args) {
        return start(directory, classPath, Map.of(), args);
    }

    private static WeirProcess start(
            Path directory, List<Path> classPath, Map<String, String> environment, String... args) {
        List<String> command = ChildJvm.weir(classPath, args);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            return new WeirProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    public static WeirProcess run(Path directory, String... args) {
        WeirProcess weir = start(directory, args);
        weir.awaitExit();
        return weir;
    }

    WeirProcess awaitReady() {
        awaitLine("ready", line -> true);
        return this;
    }

    /** Waits for a JSON line of the kind that satisfies the predicate. */
    JsonNode awaitLine(String kind, Predicate<JsonNode> predicate) {
        Predicate<JsonNode> wanted = line -> kind(line).equals(kind) && predicate.test(line);
        Awaitility.await("a line of kind " + kind)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .failFast(() -> {
                    if (!process.isAlive() && lines().stream().noneMatch(wanted)) {
                        throw new AssertionError("weir ended with " + process.exitValue() + "\n" + transcript());
                    }
                })
                .conditionEvaluationListener(new ThreadDumpOnTimeout())
                .until(() -> lines().stream().anyMatch(wanted));
        return lines().stream().filter(wanted).findFirst().orElseThrow();
    }

    List<JsonNode> lines(String kind) {
        return lines().stream().filter(line -> kind(line).equals(kind)).toList();
    }

    synchronized List<JsonNode> lines() {
        return List.copyOf(lines);
    }

    public synchronized String out() {
        return String.join("\n", out);
    }

    public synchronized String err() {
        return String.join("\n", err);
    }

    public synchronized String transcript() {
        return "stdout:\n" + out() + "\nstderr:\n" + err();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM, as Ctrl+C; the exit code. */
    public int terminate() {
        process.toHandle().destroy(); // Process.destroy would close its streams, too
        return awaitExit();
    }

    /** {@code kill -9}. */
    public void kill() {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    public int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> "weir ends\n" + transcript())
                    .isTrue();
            outReader.join();
            errReader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    /** What the process was waiting for when the test lost its patience, and what it had said until then. */
    private final class ThreadDumpOnTimeout implements ConditionEvaluationListener<Object> {
        @Override
        public void conditionEvaluated(EvaluatedCondition<Object> condition) {
            // Only the end is of interest.
        }

        @Override
        public void onTimeout(TimeoutEvent event) {
            System.err.println("weir (pid " + pid() + ") is not where the test expects it:\n" + transcript());
            try {
                String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack")
                        .toString();
                new ProcessBuilder(jstack, Long.toString(pid()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor(10, TimeUnit.SECONDS);
            } catch (IOException e) {
                System.err.println("no thread dump: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String kind(JsonNode line) {
        return line.path("kind").asText();
    }

    private synchronized void onOut(String line) {
        out.add(line);
        if (line.startsWith("{")) {
            try {
                lines.add(JSON.readTree(line));
            } catch (IOException e) {
                err.add("not JSON on stdout: " + line);
            }
        }
    }

    private synchronized void onErr(String line) {
        err.add(line);
    }

    private static Thread reader(String name, InputStream in, java.util.function.Consumer<String> sink) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        reader.lines().forEach(sink);
                    } catch (IOException | UncheckedIOException e) {
                        sink.accept("stream closed: " + e.getMessage());
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
