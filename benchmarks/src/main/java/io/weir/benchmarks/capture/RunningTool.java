package io.weir.benchmarks.capture;

import io.weir.benchmarks.ProcessorTime;
import io.weir.benchmarks.ResidentMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A tool's process, with a server beside it if it needs one, and all that it has printed. */
final class RunningTool implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final double IDLE_CPU_SECONDS = 0.02;

    /** A line and when it was read. */
    private record Line(String text, long at) {}

    private final Tool tool;
    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Duration timeToReady;
    private volatile boolean saidReady;
    private volatile long lastAt = System.nanoTime();

    private RunningTool(Tool tool, Path directory, Path weir, Path scratch) throws IOException {
        this.tool = tool;
        this.directory = directory;
        long begun = System.nanoTime();
        List<String> server = tool.server(scratch);
        if (!server.isEmpty()) {
            processes.add(new ProcessBuilder(server)
                    .redirectErrorStream(true)
                    .redirectOutput(scratch.resolve("server").toFile())
                    .start());
            awaitTrue(() -> Files.exists(scratch.resolve("sock")), "its server's socket");
        }
        Process process = new ProcessBuilder(tool.command(weir, directory, scratch)).start();
        processes.add(process);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        read(process.getInputStream(), true);
        read(process.getErrorStream(), false);
        awaitReady();
        timeToReady = Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Starts it, and returns when it watches all of the directory. */
    static RunningTool start(Tool tool, Path directory, Path weir, Path scratch) throws IOException {
        return new RunningTool(tool, directory, weir, scratch);
    }

    Duration timeToReady() {
        return timeToReady;
    }

    /** Those that do not say when they are ready are, when a change is first reported. */
    private void awaitReady() throws IOException {
        if (tool.saysWhenReady()) {
            awaitTrue(() -> saidReady, "that it is ready");
            return;
        }
        for (int i = 0; processes.get(0).isAlive() && isSilent(); i++) {
            Files.write(directory.resolve(".ready" + i), new byte[0]);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        awaitQuiet(Duration.ofSeconds(2));
    }

    private synchronized boolean isSilent() {
        return lines.isEmpty();
    }

    /** Waits until it has printed nothing and done next to nothing for a while. */
    void awaitQuiet(Duration quiet) {
        double cpu = cpuSeconds();
        long busyAt = System.nanoTime();
        while (System.nanoTime() - Math.max(lastAt, busyAt) < quiet.toNanos()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            double now = cpuSeconds();
            if (now - cpu > IDLE_CPU_SECONDS) {
                busyAt = System.nanoTime();
            }
            cpu = now;
        }
    }

    private void awaitTrue(BooleanSupplier condition, String what) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            boolean alive = processes.stream().allMatch(Process::isAlive);
            if (!alive || System.nanoTime() > deadline) {
                throw new IOException(
                        tool.title() + (alive ? " did not say " : " ended before it said ") + what + ": " + tail());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private synchronized String tail() {
        return lines.stream()
                .skip(Math.max(0, lines.size() - 5))
                .map(Line::text)
                .toList()
                .toString();
    }

    /** What it has reported so far. */
    List<Report> reports() {
        List<Line> copy;
        synchronized (this) {
            copy = List.copyOf(lines);
        }
        List<Report> reports = new ArrayList<>();
        copy.forEach(line -> tool.parse(directory, line.text(), line.at(), reports));
        return reports;
    }

    /** Processor time of all its processes and their children, in seconds. */
    double cpuSeconds() {
        return all().mapToDouble(p -> ProcessorTime.seconds(p.pid())).sum();
    }

    /** Resident memory of all of them, in MiB. */
    long residentMegabytes() {
        return all().mapToLong(p -> Math.max(0, ResidentMemory.megabytes(p.pid())))
                .sum();
    }

    private Stream<ProcessHandle> all() {
        return processes.stream()
                .map(Process::toHandle)
                .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()))
                .distinct();
    }

    private void read(InputStream in, boolean isOutput) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    take(line, isOutput);
                }
            } catch (IOException e) {
                // it has ended
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void take(String line, boolean isOutput) {
        long at = System.nanoTime();
        lastAt = at;
        if (tool.saysReady(line)) {
            saidReady = true;
        } else if (isOutput) {
            synchronized (this) {
                lines.add(new Line(line, at));
            }
        }
    }

    @Override
    public void close() {
        all().toList().forEach(ProcessHandle::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
