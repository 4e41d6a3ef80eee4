package io.weir.it.worker;

import io.weir.it.ChildJvm;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.worker.WorkerApplication;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A worker in a process of its own, to be killed. */
public final class WorkerProcess {
    static final String ID = "w1";

    private WorkerProcess() {}

    static Process start(KafkaConnection connection, Path directory, int threads) throws IOException {
        return start(
                connection,
                directory,
                ID,
                """
                threads: %d
                programs:
                  note: { command: [/bin/sh, -c, "echo $WEIR_ACTION_ID >> runs"], timeout: 20s, scope: [/runs] }
                """
                        .formatted(threads));
    }

    /** @param settings what it allows, as in its file */
    static Process start(KafkaConnection connection, Path directory, String id, String settings) throws IOException {
        return new ProcessBuilder(ChildJvm.command(
                        "128m",
                        WorkerProcess.class,
                        connection.bootstrapServers(),
                        connection.registry().getOrDefault("schema.registry.url", ""),
                        directory.toString(),
                        id,
                        settings))
                .inheritIO()
                .start();
    }

    /** Bootstrap servers, registry, directory, id, settings. */
    public static void main(String[] arguments) throws Exception {
        KafkaConnection connection = KafkaConnection.of(arguments[0], arguments[1]);
        var settings = WorkerSettings.parse(arguments[4], "worker.yaml");
        new WorkerApplication(Requests.config(arguments[3], connection, Path.of(arguments[2]), settings)).start();
        Thread.currentThread().join();
    }
}
