package io.weir.agent.intake;

import io.weir.agent.source.FileStat;
import java.util.Map;
import java.util.Optional;

/**
 * What was last known of files that actions have moved into directories which are not watched yet. Where such a file is
 * found, what has changed since is somebody else's doing. Does not outlive the process.
 */
final class Departed {
    private final Map<String, FileStat> files = new Recent<>();

    void add(FileStat last) {
        files.put(last.fileId(), last);
    }

    /** What was known of this very file; once. */
    Optional<FileStat> take(FileStat now) {
        return Optional.ofNullable(files.remove(now.fileId()))
                .filter(last -> last.kind().equals(now.kind()) && last.btime() == now.btime());
    }
}
