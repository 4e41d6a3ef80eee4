package io.weir.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A {@link Peer}'s processes. */
final class RunningPeer implements Lane.Mover {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final List<Process> processes = new ArrayList<>();

    private RunningPeer() {}

    /** Starts it, and returns when it has moved a first file. */
    static RunningPeer start(Peer peer, Path drop, Path target, Path scratch) throws IOException {
        var running = new RunningPeer();
        Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop-peer"));
        Path output = scratch.resolve("output.txt");
        for (List<String> command : peer.commands(drop, target, scratch)) {
            running.processes.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start());
        }
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        Path moved = target.resolve("ready");
        while (!Files.exists(moved)) {
            if (System.nanoTime() > deadline) {
                running.close();
                throw new IOException(peer.title() + " moved nothing within " + START_LIMIT.toSeconds()
                        + " s; it said: " + Files.readString(output));
            }
            Files.write(drop.resolve("ready"), new byte[1]);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return running;
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
