package io.weir.qumulo.emulator.notify;

import org.jspecify.annotations.Nullable;

/**
 * What happened to one file, at one of its places, before any watcher has looked at it. Its arrays are not to be changed.
 *
 * @param spine ids from the root down to the file itself
 * @param names from the root down to the file; one fewer than ids, since the root has none
 * @param stream the alternate data stream, null for the file's own data
 */
@SuppressWarnings("ArrayRecordComponent") // Made by the hundred thousand, and never compared.
public record Notification(NotifyType type, long[] spine, String[] names, @Nullable String stream) {

    /** How deep below the root the watched directory lies, or -1 if this is not for its watchers. */
    int depthFor(long directory, boolean recursive) {
        int last = spine.length - 1;
        if (type == NotifyType.SELF_REMOVED) {
            return spine[last] == directory ? last : -1;
        }
        if (!recursive) {
            return last > 0 && spine[last - 1] == directory ? last - 1 : -1;
        }
        for (int i = 0; i < last; i++) {
            if (spine[i] == directory) {
                return i;
            }
        }
        return -1;
    }
}
