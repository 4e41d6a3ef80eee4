package io.weir.agent.source;

import java.util.ArrayList;
import java.util.List;

/** Which events would have led from one state of a file to another. */
public final class StatChanges {
    private StatChanges() {}

    /** Where it cannot be told by more than these states whether data was written: a file with another time was. */
    public static List<String> between(FileStat before, FileStat now) {
        boolean written = before.size() != now.size() || before.mtime() != now.mtime();
        return between(before, now, written);
    }

    /**
     * Where it is known otherwise whether data was written.
     *
     * @param dataWritten of a directory of no meaning
     */
    public static List<String> between(FileStat before, FileStat now, boolean dataWritten) {
        List<String> types = new ArrayList<>();
        boolean file = !now.isDirectory();
        if (file && before.size() != now.size()) {
            types.add("size-changed");
        }
        if (file && dataWritten) {
            types.add("data-written");
        }
        if (before.uid() != now.uid()) {
            types.add("owner-changed");
        }
        if (before.gid() != now.gid()) {
            types.add("group-changed");
        }
        if (before.mode() != now.mode()) {
            types.add("acl-changed");
        }
        if (types.isEmpty() && file && before.ctime() != now.ctime() && before.linkCount() == now.linkCount()) {
            types.add("attributes-changed"); // Of what the state does not show: access list, times, streams.
        }
        return types;
    }

    /** Of a file that was not there before. */
    public static List<String> ofNew(FileStat now) {
        return now.isDirectory() || now.size() == 0 ? List.of() : List.of("data-written");
    }

    /**
     * Of a file that came a while ago, of whose states none is known: all that may have changed since, if anything has. Who
     * is given a file is in its access list, too.
     */
    public static List<String> ofUnknown(FileStat now) {
        if (now.ctime() == now.btime()) {
            return List.of();
        }
        return now.isDirectory() ? List.of("acl-changed") : List.of("data-written", "acl-changed");
    }
}
