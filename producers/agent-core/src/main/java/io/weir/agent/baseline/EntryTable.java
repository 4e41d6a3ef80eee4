package io.weir.agent.baseline;

import io.weir.posix.PathText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries in SQLite. Writes through a connection whose transactions are the caller's. */
final class EntryTable {
    private final Connection connection;
    private final PreparedStatement selectByName;
    private final PreparedStatement selectById;
    private final PreparedStatement selectByFile;
    private final PreparedStatement selectChildren;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement relink;
    private final PreparedStatement delete;
    private final PreparedStatement deleteBelow;
    private final PreparedStatement anyChild;

    /** Makes the table if it is not there. */
    EntryTable(Connection connection) throws SQLException {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL,"
                    + " name BLOB NOT NULL, file_id TEXT, kind TEXT, size INTEGER, mode INTEGER, uid INTEGER,"
                    + " gid INTEGER, links INTEGER, mtime INTEGER, ctime INTEGER, btime INTEGER, flags INTEGER NOT NULL,"
                    + " shown_ctime INTEGER NOT NULL)");
            statement.executeUpdate("CREATE UNIQUE INDEX IF NOT EXISTS entry_place ON entry(parent, name)");
            statement.executeUpdate("CREATE INDEX IF NOT EXISTS entry_file ON entry(file_id)");
        }
        String select = "SELECT " + EntryRow.COLUMNS + " FROM entry WHERE ";
        selectByName = connection.prepareStatement(select + "parent = ? AND name = ?");
        selectById = connection.prepareStatement(select + "id = ?");
        // one column: most files asked for are not there, and the driver reads the names of all columns first
        selectByFile = connection.prepareStatement("SELECT id FROM entry WHERE file_id = ?");
        selectChildren = connection.prepareStatement(select + "parent = ? ORDER BY name LIMIT ?");
        insert = connection.prepareStatement(
                "INSERT INTO entry(" + EntryRow.COLUMNS + ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE entry SET file_id = ?, kind = ?, size = ?, mode = ?, uid = ?,"
                + " gid = ?, links = ?, mtime = ?, ctime = ?, btime = ?, flags = ?, shown_ctime = ? WHERE id = ?");
        relink = connection.prepareStatement("UPDATE entry SET parent = ?, name = ? WHERE id = ?");
        delete = connection.prepareStatement("DELETE FROM entry WHERE id = ?");
        deleteBelow = connection.prepareStatement("WITH RECURSIVE below(id) AS (SELECT id FROM entry WHERE parent = ?"
                + " UNION ALL SELECT e.id FROM entry e JOIN below b ON e.parent = b.id)"
                + " DELETE FROM entry WHERE id IN below");
        anyChild = connection.prepareStatement("SELECT 1 FROM entry WHERE parent = ? LIMIT 1");
    }

    long highestId() throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet max = statement.executeQuery("SELECT coalesce(max(id), 0) FROM entry")) {
            max.next();
            return max.getLong(1);
        }
    }

    @Nullable
    Entry byName(long parent, String name) throws SQLException {
        selectByName.setLong(1, parent);
        selectByName.setBytes(2, PathText.encode(name));
        return one(selectByName);
    }

    @Nullable
    Entry byId(long id) throws SQLException {
        selectById.setLong(1, id);
        return one(selectById);
    }

    List<Long> idsOfFile(String fileId) throws SQLException {
        selectByFile.setString(1, fileId);
        List<Long> ids = new ArrayList<>();
        try (ResultSet rows = selectByFile.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    List<Entry> children(long id, int most) throws SQLException {
        selectChildren.setLong(1, id);
        selectChildren.setInt(2, most);
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = selectChildren.executeQuery()) {
            while (rows.next()) {
                entries.add(EntryRow.read(rows));
            }
        }
        return entries;
    }

    boolean hasChildren(long id) throws SQLException {
        anyChild.setLong(1, id);
        try (ResultSet rows = anyChild.executeQuery()) {
            return rows.next();
        }
    }

    void insert(Collection<Entry> entries) throws SQLException {
        for (Entry entry : entries) {
            insert.setLong(1, entry.id());
            insert.setLong(2, entry.parent());
            insert.setBytes(3, PathText.encode(entry.name()));
            EntryRow.bindState(insert, 4, entry);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    void update(Collection<Entry> entries) throws SQLException {
        for (Entry entry : entries) {
            EntryRow.bindState(update, 1, entry);
            update.setLong(13, entry.id());
            update.addBatch();
        }
        update.executeBatch();
    }

    void relink(Entry moved) throws SQLException {
        relink.setLong(1, moved.parent());
        relink.setBytes(2, PathText.encode(moved.name()));
        relink.setLong(3, moved.id());
        relink.executeUpdate();
    }

    void delete(long id) throws SQLException {
        delete.setLong(1, id);
        delete.executeUpdate();
    }

    void deleteBelow(long id) throws SQLException {
        deleteBelow.setLong(1, id);
        deleteBelow.executeUpdate();
    }

    void clear() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM entry");
        }
    }

    private static @Nullable Entry one(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? EntryRow.read(rows) : null;
        }
    }
}
