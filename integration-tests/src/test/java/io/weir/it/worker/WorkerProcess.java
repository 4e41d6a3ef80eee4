package io.weir.it.worker;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.worker.WorkerApplication;
import io.weir.worker.settings.Program;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker in a process of its own, to be killed. */
public final class WorkerProcess {
    static final String ID = "w1";

    private WorkerProcess() {}

    static Process start(KafkaConnection connection, Path directory, int threads) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        connection.bootstrapServers(),
                        connection.registry().getOrDefault("schema.registry.url", ""),
                        directory.toString(),
                        Integer.toString(threads)))
                .inheritIO()
                .start();
    }

    /** Bootstrap servers, registry, directory, threads. */
    public static void main(String[] arguments) throws Exception {
        KafkaConnection connection = KafkaConnection.of(arguments[0], arguments[1]);
        Program note = new Program(
                "note",
                List.of("/bin/sh", "-c", "echo $WEIR_ACTION_ID >> runs"),
                Duration.ofSeconds(20),
                List.of("/runs"));
        var settings = WorkerSettings.defaults().with(note).withThreads(Integer.parseInt(arguments[3]));
        new WorkerApplication(Requests.config(ID, connection, Path.of(arguments[2]), settings)).start();
        Thread.currentThread().join();
    }
}
