package io.weir.agent.randomised;

import io.weir.posix.FileStatus;
import io.weir.schemas.FileState;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a file when all is at rest. Only regular files have a size and a time of modification here: a
 * directory's change with its entries, and nothing is told of that.
 */
public record Known(String kind, String fileId, long btime, int mode, long uid, long gid, long size, long mtime) {
    /** A file that was told without its state. */
    static final Known NOTHING = new Known("unknown", "", 0, 0, 0, 0, 0, 0);

    static Known of(@Nullable FileState s) {
        if (s == null) {
            return NOTHING;
        }
        boolean file = s.getKind().equals("file");
        return new Known(
                s.getKind(),
                s.getFileId(),
                orNone(s.getBtime()),
                s.getMode(),
                orNone(s.getUid()),
                orNone(s.getGid()),
                file ? s.getSize() : -1,
                file ? s.getMtime() : -1);
    }

    private static long orNone(@Nullable Long number) {
        return number == null ? -1 : number;
    }

    static Known of(FileStatus s) {
        boolean file = s.isRegularFile();
        return new Known(
                s.kind(),
                s.fileId(),
                s.btime(),
                s.mode(),
                s.uid(),
                s.gid(),
                file ? s.size() : -1,
                file ? s.mtime() : -1);
    }

    boolean isRegularFile() {
        return kind.equals("file");
    }

    /** Tells it from a later file with the same inode number. */
    String identity() {
        return kind + " " + fileId + "@" + btime;
    }

    @Override
    public String toString() {
        return identity() + " " + Integer.toOctalString(mode) + " " + uid + ":" + gid
                + (isRegularFile() ? " " + size + " B " + mtime : "");
    }
}
