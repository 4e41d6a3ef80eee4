package io.weir.agent.qumulo;

import io.weir.agent.intake.EventType;
import io.weir.agent.qumulo.notify.Movement;
import java.util.Map;

/** The rule language's words for the cluster's events. A type that is not known is passed on as it is. */
final class Words {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("child_file_added", EventType.CREATED),
            Map.entry("child_dir_added", EventType.CREATED),
            Map.entry("child_file_removed", EventType.DELETED),
            Map.entry("child_dir_removed", EventType.DELETED),
            Map.entry("child_file_moved_from", EventType.MOVED_OUT),
            Map.entry("child_dir_moved_from", EventType.MOVED_OUT),
            Map.entry("child_file_moved_to", EventType.MOVED_IN),
            Map.entry("child_dir_moved_to", EventType.MOVED_IN),
            Map.entry("child_data_written", EventType.DATA_WRITTEN),
            Map.entry("child_size_changed", EventType.SIZE_CHANGED),
            Map.entry("child_owner_changed", EventType.OWNER_CHANGED),
            Map.entry("child_group_changed", EventType.GROUP_CHANGED),
            Map.entry("child_acl_changed", EventType.ACL_CHANGED),
            Map.entry("child_extra_attrs_changed", EventType.EXTENDED_ATTRIBUTES_CHANGED),
            Map.entry("child_btime_changed", EventType.ATTRIBUTES_CHANGED),
            Map.entry("child_mtime_changed", EventType.ATTRIBUTES_CHANGED),
            Map.entry("child_atime_changed", EventType.ATTRIBUTES_CHANGED),
            Map.entry("child_stream_added", EventType.STREAMS_CHANGED),
            Map.entry("child_stream_removed", EventType.STREAMS_CHANGED),
            Map.entry("child_stream_moved_from", EventType.STREAMS_CHANGED),
            Map.entry("child_stream_moved_to", EventType.STREAMS_CHANGED),
            Map.entry("child_stream_size_changed", EventType.STREAMS_CHANGED),
            Map.entry("child_stream_data_written", EventType.STREAMS_CHANGED));

    private Words() {}

    static String of(Movement movement) {
        String type = movement.event().type();
        return movement.from() != null ? EventType.MOVED : WORDS.getOrDefault(type, type);
    }

    static boolean isAboutDirectory(String type) {
        return type.startsWith("child_dir_");
    }

    /** Whether the file is there after it, as far as it tells. */
    static boolean leavesFile(String word) {
        return !word.equals(EventType.DELETED) && !word.equals(EventType.MOVED_OUT);
    }

    /** A write sets the modification time: that is no event of its own. */
    static boolean isWrite(String word) {
        return word.equals(EventType.DATA_WRITTEN) || word.equals(EventType.SIZE_CHANGED);
    }
}
