package io.weir.worker.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that {@code exec} may run, from the worker's own settings.
 *
 * @param name what rules name it by
 * @param command absolute path of the program, then its arguments, passed as they are: no shell, no placeholders
 * @param timeout after which it is killed, with all that it started
 * @param scope globs of paths on the volume that it may change; empty: it changes none
 * @param confinement what it may use, and as whom it runs
 */
public record Program(
        String name, List<String> command, Duration timeout, List<String> scope, Confinement confinement) {
    public Program {
        command = List.copyOf(command);
        scope = List.copyOf(scope);
        if (command.isEmpty() || !Path.of(command.get(0)).isAbsolute()) {
            throw new IllegalArgumentException("program '" + name + "': command='" + command
                    + "': expected the absolute path of a program, then its arguments");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "program '" + name + "': timeout='" + timeout + "': expected more than 0");
        }
    }

    /** One that runs as the worker, in the volume's root. */
    public Program(String name, List<String> command, Duration timeout, List<String> scope) {
        this(name, command, timeout, scope, Confinement.NONE);
    }

    /** What is started: the command, behind what confines it. */
    public List<String> launch() {
        List<String> launch = new ArrayList<>(confinement.launcher());
        launch.addAll(command);
        return launch;
    }
}
