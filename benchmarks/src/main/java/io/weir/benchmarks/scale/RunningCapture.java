package io.weir.benchmarks.scale;

import io.weir.benchmarks.ProcessorTime;
import io.weir.benchmarks.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** {@code weir agent} or {@code weir watch} as a child process, with the settings of its launcher. */
final class RunningCapture implements AutoCloseable {
    private final Process process;
    private final Duration timeToReady;
    private final double readySeconds;

    private RunningCapture(Process process, Duration timeToReady) {
        this.process = process;
        this.timeToReady = timeToReady;
        this.readySeconds = ProcessorTime.seconds(process.pid());
    }

    /** Starts it, and returns when all has been scanned and is watched. */
    static RunningCapture start(Path weir, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(weir.toString()));
        command.addAll(arguments);
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-weir"));
        BufferedReader output = process.inputReader();
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.endsWith(" runs") || line.startsWith("{\"kind\":\"ready\"")) {
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                drain(output);
                return new RunningCapture(process, took);
            }
        }
        throw new IOException(command + " ended before it was ready: " + said);
    }

    private static void drain(BufferedReader output) {
        Thread thread = new Thread(() -> output.lines().forEach(line -> {}), "weir-output");
        thread.setDaemon(true);
        thread.start();
    }

    String figures() {
        return String.format(
                Locale.ROOT,
                "%.1f s, %.1f s of processor time, %d MB resident",
                timeToReady.toMillis() / 1000.0,
                readySeconds,
                residentMegabytes());
    }

    long residentMegabytes() {
        return ResidentMemory.megabytes(process.pid());
    }

    double processorMillis() {
        return ProcessorTime.milliseconds(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
