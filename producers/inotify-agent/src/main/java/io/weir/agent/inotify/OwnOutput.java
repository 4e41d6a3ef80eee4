package io.weir.agent.inotify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The files that this process's standard output and standard error go to. What an agent tells must not be what it sees next.
 * The kernel knows a file's path also after it was renamed, as the rotation of logs does.
 */
final class OwnOutput {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private OwnOutput() {}

    /** The present paths of those that are regular files. */
    static Set<String> paths() {
        Set<String> paths = new HashSet<>();
        for (String descriptor : new String[] {"1", "2"}) {
            Path link = DESCRIPTORS.resolve(descriptor);
            try {
                if (Files.isRegularFile(link)) {
                    paths.add(Files.readSymbolicLink(link).toString());
                }
            } catch (IOException e) {
                // it is closed
            }
        }
        return paths;
    }
}
