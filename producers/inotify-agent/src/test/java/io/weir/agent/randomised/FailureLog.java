package io.weir.agent.randomised;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a random sequence told before it failed, kept among the module's build output. */
public final class FailureLog {
    private FailureLog() {}

    /** Writes lines to {@code target/failures/NAME-SEED.log}, and gives back where that is. */
    public static Path write(String name, long seed, List<String> lines) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "failures").toAbsolutePath());
        return Files.write(directory.resolve(name + "-" + seed + ".log"), lines);
    }
}
