package io.weir.agent.qumulo.notify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event, as the cluster told it.
 *
 * @param type such as {@code child_file_added}; perhaps one that is not known here
 * @param path relative to the watched directory, without slashes at either end; empty for the directory itself
 * @param spine ids of the directories above and, last, of the file itself; empty where the cluster left it out
 * @param stream name of the alternate data stream that it is about; null: the file's own data
 */
public record NotifyEvent(String type, String path, List<String> spine, @Nullable String stream) {
    public NotifyEvent {
        spine = List.copyOf(spine);
    }

    /** The id of the file; null where the cluster left it out. */
    public @Nullable String fileId() {
        return spine.isEmpty() ? null : spine.get(spine.size() - 1);
    }
}
