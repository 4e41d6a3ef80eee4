package io.weir.it.filter;

import io.weir.filter.FilterApplication;
import io.weir.filter.FilterConfig;
import io.weir.it.ChildJvm;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;

/** A filter in a process of its own, to be killed. */
public final class FilterProcess {
    private FilterProcess() {}

    static Process start(KafkaConnection connection, Path directory) throws IOException {
        return new ProcessBuilder(ChildJvm.command(
                        "256m",
                        FilterProcess.class,
                        connection.bootstrapServers(),
                        connection.registry().getOrDefault("schema.registry.url", ""),
                        directory.toString()))
                .inheritIO()
                .start();
    }

    /** Bootstrap servers, registry, data directory. */
    public static void main(String[] arguments) throws InterruptedException {
        KafkaConnection connection = KafkaConnection.of(arguments[0], arguments[1]);
        FilterApplication filter = new FilterApplication(FilterConfig.of(connection, Path.of(arguments[2])));
        filter.start();
        Thread.currentThread().join();
    }
}
