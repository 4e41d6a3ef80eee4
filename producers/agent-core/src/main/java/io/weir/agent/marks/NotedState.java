package io.weir.agent.marks;

import io.weir.agent.source.FileStat;

/** The state of a file in a note: one word. */
final class NotedState {
    private static final String BETWEEN = ",";

    private NotedState() {}

    static String of(FileStat stat) {
        return String.join(
                BETWEEN,
                stat.fileId(),
                stat.kind(),
                Long.toString(stat.size()),
                Integer.toString(stat.mode()),
                Long.toString(stat.uid()),
                Long.toString(stat.gid()),
                Long.toString(stat.linkCount()),
                Long.toString(stat.mtime()),
                Long.toString(stat.ctime()),
                Long.toString(stat.btime()));
    }

    static FileStat read(String note) {
        String[] fields = note.split(BETWEEN, -1);
        return new FileStat(
                fields[0],
                fields[1],
                Long.parseLong(fields[2]),
                Integer.parseInt(fields[3]),
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]),
                Long.parseLong(fields[7]),
                Long.parseLong(fields[8]),
                Long.parseLong(fields[9]));
    }
}
