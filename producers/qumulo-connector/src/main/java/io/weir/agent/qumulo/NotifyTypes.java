package io.weir.agent.qumulo;

import java.util.Comparator;
import java.util.List;

/** The event types of Change Notify, as the REST reference of Qumulo Core spells them. */
public final class NotifyTypes {
    /** All 24. */
    public static final List<String> ALL = List.of(
            "child_file_added",
            "child_dir_added",
            "child_file_removed",
            "child_dir_removed",
            "child_file_moved_from",
            "child_file_moved_to",
            "child_dir_moved_from",
            "child_dir_moved_to",
            "child_btime_changed",
            "child_mtime_changed",
            "child_atime_changed",
            "child_size_changed",
            "child_extra_attrs_changed",
            "child_acl_changed",
            "child_owner_changed",
            "child_group_changed",
            "child_data_written",
            "child_stream_added",
            "child_stream_removed",
            "child_stream_moved_from",
            "child_stream_moved_to",
            "child_stream_size_changed",
            "child_stream_data_written",
            "self_removed");

    /** All but access times, which Core 7.9.2 and later record by default, so that each read would be an event. */
    public static final List<String> DEFAULT =
            ALL.stream().filter(type -> !type.equals("child_atime_changed")).toList();

    private NotifyTypes() {}

    /** The known type nearest to a text, for messages. */
    static String nearest(String text) {
        return ALL.stream()
                .min(Comparator.comparingInt(type -> distance(text, type)))
                .orElseThrow();
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
