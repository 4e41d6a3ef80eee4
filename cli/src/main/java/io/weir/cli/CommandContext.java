package io.weir.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the process it runs in.
 *
 * @param environment environment variables
 * @param workingDirectory absolute; relative paths of arguments start there
 * @param installation the directory that has the launcher and {@code examples/}
 * @param stop asked for by Ctrl+C and SIGTERM
 */
public record CommandContext(
        Map<String, String> environment, Path workingDirectory, Path installation, StopRequest stop) {
    public CommandContext {
        environment = Map.copyOf(environment);
    }

    /** That of this process; the launcher says where the installation is. */
    static CommandContext ofProcess(StopRequest stop) {
        Path here = Path.of("").toAbsolutePath();
        String home = System.getProperty("weir.home");
        return new CommandContext(System.getenv(), here, home == null ? here : Path.of(home), stop);
    }

    /** An argument's path as an absolute one. */
    public Path resolve(Path path) {
        return workingDirectory.resolve(path).normalize();
    }
}
