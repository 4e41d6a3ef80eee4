package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import io.weir.posix.PathText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** An entry as a row. */
final class EntryRow {
    static final String COLUMNS =
            "id, parent, name, file_id, kind, size, mode, uid, gid, links, mtime, ctime, btime, flags, shown_ctime";

    private EntryRow() {}

    static Entry read(ResultSet row) throws SQLException {
        String fileId = row.getString(4);
        FileStat known = fileId == null
                ? null
                : new FileStat(
                        fileId,
                        row.getString(5),
                        row.getLong(6),
                        row.getInt(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getLong(12),
                        row.getLong(13));
        long parent = row.getLong(2);
        return new Entry(
                row.getLong(1), parent, PathText.decode(row.getBytes(3)), known, row.getInt(14), row.getLong(15));
    }

    static void bindState(PreparedStatement statement, int from, Entry entry) throws SQLException {
        FileStat k = entry.known();
        int at = from;
        statement.setString(at++, k == null ? null : k.fileId());
        statement.setString(at++, k == null ? null : k.kind());
        statement.setLong(at++, k == null ? 0 : k.size());
        statement.setInt(at++, k == null ? 0 : k.mode());
        statement.setLong(at++, k == null ? 0 : k.uid());
        statement.setLong(at++, k == null ? 0 : k.gid());
        statement.setLong(at++, k == null ? 0 : k.linkCount());
        statement.setLong(at++, k == null ? 0 : k.mtime());
        statement.setLong(at++, k == null ? 0 : k.ctime());
        statement.setLong(at++, k == null ? 0 : k.btime());
        statement.setInt(at++, entry.flags());
        statement.setLong(at, entry.shownCtime());
    }
}
