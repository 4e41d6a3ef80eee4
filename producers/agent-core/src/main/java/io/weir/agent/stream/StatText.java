package io.weir.agent.stream;

import io.weir.agent.source.FileStat;

/** A file's state, but for its id, as the store keeps it. */
final class StatText {
    private StatText() {}

    static String of(FileStat stat) {
        return stat.kind() + " " + stat.size() + " " + stat.mode() + " " + stat.uid() + " " + stat.gid() + " "
                + stat.linkCount() + " " + stat.mtime() + " " + stat.ctime() + " " + stat.btime();
    }

    /** @throws IllegalArgumentException if it is not of this form */
    static FileStat parse(String fileId, String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 9) {
            throw new IllegalArgumentException("state='" + text + "': expected 9 parts");
        }
        return new FileStat(
                fileId,
                parts[0],
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]),
                Long.parseLong(parts[7]),
                Long.parseLong(parts[8]));
    }
}
