package io.weir.it.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that has ended.
 *
 * @param line the command, for messages
 */
record Command(String line, int code, String out, String err) {
    private static final long LIMIT_SECONDS = 300;

    static Command run(String... command) {
        return run(Path.of(""), Map.of(), List.of(command));
    }

    /** In this directory, with these variables besides those of this process; at most for five minutes. */
    static Command run(Path directory, Map<String, String> environment, List<String> command) {
        try {
            File out = Files.createTempFile("weir-out-", "").toFile();
            File err = Files.createTempFile("weir-err-", "").toFile();
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(directory.toAbsolutePath().toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(out)
                        .redirectError(err);
                builder.environment().putAll(environment);
                int code = await(builder.start(), command);
                return new Command(
                        String.join(" ", command),
                        code,
                        Files.readString(out.toPath(), UTF_8),
                        Files.readString(err.toPath(), UTF_8));
            } finally {
                Files.delete(out.toPath());
                Files.delete(err.toPath());
            }
        } catch (IOException e) {
            return new Command(String.join(" ", command), 127, "", e.toString());
        }
    }

    private static int await(Process process, List<String> command) {
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within " + LIMIT_SECONDS + " s");
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * What it said on standard output.
     *
     * @throws AssertionError if it failed
     */
    String ok() {
        if (code != 0) {
            throw new AssertionError("exit code " + code + " of: " + line + "\n" + out + err);
        }
        return out;
    }
}
