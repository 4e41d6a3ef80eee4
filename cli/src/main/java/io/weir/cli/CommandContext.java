package io.weir.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a command sees of the process it runs in.
 *
 * @param environment environment variables
 * @param workingDirectory absolute; relative paths of arguments start there
 * @param installation the directory that has the launcher and {@code examples/}
 * @param stops gives the request to stop, always the same
 * @param input gives standard input
 */
public record CommandContext(
        Map<String, String> environment,
        Path workingDirectory,
        Path installation,
        Supplier<StopRequest> stops,
        Supplier<InputStream> input) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** With the standard input of this process. */
    public CommandContext(
            Map<String, String> environment, Path workingDirectory, Path installation, Supplier<StopRequest> stops) {
        this(environment, workingDirectory, installation, stops, () -> System.in);
    }

    /** That of this process; the launcher says where the installation is. */
    static CommandContext ofProcess() {
        Path here = Path.of("").toAbsolutePath();
        String home = System.getProperty("weir.home");
        return new CommandContext(System.getenv(), here, home == null ? here : Path.of(home), new StopSignals());
    }

    /** A command that asks for this takes on to end in order when a stop is requested, by Ctrl+C or SIGTERM. */
    public StopRequest stop() {
        return stops.get();
    }

    /** An argument's path as an absolute one. */
    public Path resolve(Path path) {
        return workingDirectory.resolve(path).normalize();
    }
}
