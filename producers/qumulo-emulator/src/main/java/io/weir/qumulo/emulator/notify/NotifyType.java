package io.weir.qumulo.emulator.notify;

import java.util.Locale;
import java.util.Optional;

/** The event types of Change Notify. */
public enum NotifyType {
    CHILD_FILE_ADDED,
    CHILD_DIR_ADDED,
    CHILD_FILE_REMOVED,
    CHILD_DIR_REMOVED,
    CHILD_FILE_MOVED_FROM,
    CHILD_FILE_MOVED_TO,
    CHILD_DIR_MOVED_FROM,
    CHILD_DIR_MOVED_TO,
    CHILD_BTIME_CHANGED,
    CHILD_MTIME_CHANGED,
    CHILD_ATIME_CHANGED,
    CHILD_SIZE_CHANGED,
    CHILD_EXTRA_ATTRS_CHANGED,
    CHILD_ACL_CHANGED,
    CHILD_OWNER_CHANGED,
    CHILD_GROUP_CHANGED,
    CHILD_DATA_WRITTEN,
    CHILD_STREAM_ADDED,
    CHILD_STREAM_REMOVED,
    CHILD_STREAM_MOVED_FROM,
    CHILD_STREAM_MOVED_TO,
    CHILD_STREAM_SIZE_CHANGED,
    CHILD_STREAM_DATA_WRITTEN,
    SELF_REMOVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    static Optional<NotifyType> find(String wireName) {
        for (NotifyType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
