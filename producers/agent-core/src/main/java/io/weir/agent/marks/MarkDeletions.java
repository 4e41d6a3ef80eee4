package io.weir.agent.marks;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files of marks directories that are to be deleted once what they have explained is in the spool. */
final class MarkDeletions {
    private static final Logger LOG = LoggerFactory.getLogger(MarkDeletions.class);

    private record File(String volume, String name) {}

    private final MarksDirectories directories;
    private final Set<File> files = new LinkedHashSet<>();
    /** With their volumes. */
    private final Map<Attempt.Key, String> attempts = new LinkedHashMap<>();

    MarkDeletions(MarksDirectories directories) {
        this.directories = directories;
    }

    void add(String volume, String name) {
        files.add(new File(volume, name));
    }

    /** Both marks of an attempt. */
    void add(Attempt.Key attempt, String volume) {
        attempts.put(attempt, volume);
    }

    /** @param deleted told of each attempt whose marks have been deleted */
    void committed(Consumer<Attempt.Key> deleted) {
        files.forEach(file -> delete(file.volume(), file.name()));
        files.clear();
        attempts.forEach((attempt, volume) -> {
            if (attempt.names().stream().allMatch(name -> delete(volume, name))) {
                deleted.accept(attempt);
            }
        });
        attempts.clear();
    }

    private boolean delete(String volume, String name) {
        try {
            directories.of(volume).delete(name);
            return true;
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("mark", name)
                    .addKeyValue("cause", e.toString())
                    .log("A mark cannot be deleted; it is passed over. Check the rights of the marks directory");
            return false;
        }
    }
}
