package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.posix.PathText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The baseline in SQLite. It writes through the connection that it is given; the caller begins and commits. The entries
 * used last are kept in memory; after a roll-back it must not be used any more.
 */
public final class SqliteBaseline implements Baseline {
    private final Connection connection;
    private final EntryCache cache = new EntryCache();
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
    private long nextId;

    /** Makes the tables if they are not there. */
    public SqliteBaseline(Connection connection) {
        this.connection = connection;
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL,"
                    + " name BLOB NOT NULL, file_id TEXT, kind TEXT, size INTEGER, mode INTEGER, uid INTEGER,"
                    + " gid INTEGER, links INTEGER, mtime INTEGER, ctime INTEGER, btime INTEGER, flags INTEGER NOT NULL,"
                    + " shown_ctime INTEGER NOT NULL)");
            statement.executeUpdate("CREATE UNIQUE INDEX IF NOT EXISTS entry_place ON entry(parent, name)");
            statement.executeUpdate("CREATE INDEX IF NOT EXISTS entry_file ON entry(file_id)");
            try (ResultSet max = statement.executeQuery("SELECT coalesce(max(id), 0) FROM entry")) {
                max.next();
                nextId = max.getLong(1) + 1;
            }
            String select = "SELECT " + EntryRow.COLUMNS + " FROM entry WHERE ";
            selectByName = connection.prepareStatement(select + "parent = ? AND name = ?");
            selectById = connection.prepareStatement(select + "id = ?");
            selectByFile = connection.prepareStatement(select + "file_id = ?");
            selectChildren = connection.prepareStatement(select + "parent = ? ORDER BY name");
            insert = connection.prepareStatement(
                    "INSERT INTO entry(" + EntryRow.COLUMNS + ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            update = connection.prepareStatement("UPDATE entry SET file_id = ?, kind = ?, size = ?, mode = ?, uid = ?,"
                    + " gid = ?, links = ?, mtime = ?, ctime = ?, btime = ?, flags = ?, shown_ctime = ? WHERE id = ?");
            relink = connection.prepareStatement("UPDATE entry SET parent = ?, name = ? WHERE id = ?");
            delete = connection.prepareStatement("DELETE FROM entry WHERE id = ?");
            deleteBelow =
                    connection.prepareStatement("WITH RECURSIVE below(id) AS (SELECT id FROM entry WHERE parent = ?"
                            + " UNION ALL SELECT e.id FROM entry e JOIN below b ON e.parent = b.id)"
                            + " DELETE FROM entry WHERE id IN below");
            anyChild = connection.prepareStatement("SELECT 1 FROM entry WHERE parent = ? LIMIT 1");
        } catch (SQLException e) {
            throw failed("open", e);
        }
    }

    @Override
    public Optional<Entry> find(Place place) {
        return Optional.ofNullable(lookUp(place));
    }

    @Override
    public Optional<Entry> find(long id) {
        Entry cached = cache.byId(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        try {
            selectById.setLong(1, id);
            return Optional.ofNullable(one(selectById));
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public List<Entry> byFileId(String fileId) {
        try {
            selectByFile.setString(1, fileId);
            return all(selectByFile);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public List<Entry> children(long id) {
        try {
            selectChildren.setLong(1, id);
            return all(selectChildren);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public Place place(Entry entry) {
        if (entry.parent() == 0) {
            return new Place(entry.name(), "/");
        }
        StringBuilder path = new StringBuilder();
        Entry at = entry;
        while (at.parent() != 0) {
            path.insert(0, at.name()).insert(0, '/');
            long parent = at.parent();
            at = find(parent).orElseThrow(() -> new IllegalStateException("entry " + parent + " is missing"));
        }
        return new Place(at.name(), path.toString());
    }

    @Override
    public Entry add(Place place, @Nullable FileStat known, Flag... flags) {
        long parent = 0;
        String name = place.volume();
        if (!place.path().equals("/")) {
            Place directory = parentOf(place);
            Long cached = cache.directory(directory);
            parent = cached != null ? cached : ensure(directory).id();
            name = nameOf(place);
        }
        Entry entry = new Entry(nextId++, parent, name, known, 0, known == null ? -1 : known.ctime()).with(flags);
        try {
            insert.setLong(1, entry.id());
            insert.setLong(2, entry.parent());
            insert.setBytes(3, PathText.encode(entry.name()));
            EntryRow.bindState(insert, 4, entry);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
        cache.put(entry);
        return entry;
    }

    @Override
    public void save(Entry entry) {
        try {
            EntryRow.bindState(update, 1, entry);
            update.setLong(13, entry.id());
            update.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
        cache.put(entry);
    }

    @Override
    public Entry move(Entry entry, Place to) {
        Entry parent = ensure(parentOf(to));
        Entry moved = new Entry(entry.id(), parent.id(), nameOf(to), entry.known(), entry.flags(), entry.shownCtime());
        try {
            relink.setLong(1, moved.parent());
            relink.setBytes(2, PathText.encode(moved.name()));
            relink.setLong(3, moved.id());
            relink.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
        cache.put(moved);
        if (entry.isDirectory()) {
            cache.forgetDirectories();
        }
        return moved;
    }

    @Override
    public void remove(Entry entry) {
        try {
            anyChild.setLong(1, entry.id());
            if (entry.isDirectory() && exists(anyChild)) {
                deleteBelow.setLong(1, entry.id());
                deleteBelow.executeUpdate();
                cache.clear();
            }
            delete.setLong(1, entry.id());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
        cache.remove(entry);
        if (entry.isDirectory()) {
            cache.forgetDirectories();
        }
    }

    /** Removes all entries. */
    public void clear() {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM entry");
        } catch (SQLException e) {
            throw failed("clear", e);
        }
        cache.clear();
    }

    private Entry ensure(Place directory) {
        Entry found = lookUp(directory);
        return found != null ? found : add(directory, null, Flag.IMPLIED);
    }

    private @Nullable Entry lookUp(Place place) {
        if (place.path().equals("/")) {
            return child(0, place.volume());
        }
        Place directory = parentOf(place);
        Long parent = cache.directory(directory);
        if (parent == null) {
            Entry entry = lookUp(directory);
            if (entry == null) {
                return null;
            }
            parent = entry.id();
            cache.directory(directory, parent);
        }
        return child(parent, nameOf(place));
    }

    private @Nullable Entry child(long parent, String name) {
        Entry cached = cache.byName(parent, name);
        if (cached != null) {
            return cached;
        }
        try {
            selectByName.setLong(1, parent);
            selectByName.setBytes(2, PathText.encode(name));
            return one(selectByName);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private @Nullable Entry one(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return null;
            }
            Entry entry = EntryRow.read(rows);
            cache.put(entry);
            return entry;
        }
    }

    private static List<Entry> all(PreparedStatement statement) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(EntryRow.read(rows));
            }
        }
        return entries;
    }

    private static boolean exists(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    private static Place parentOf(Place place) {
        int slash = place.path().lastIndexOf('/');
        return new Place(place.volume(), slash == 0 ? "/" : place.path().substring(0, slash));
    }

    private static String nameOf(Place place) {
        return place.path().substring(place.path().lastIndexOf('/') + 1);
    }

    private static StoreException failed(String what, SQLException e) {
        return new StoreException("baseline: cannot " + what + ": " + e.getMessage(), e);
    }
}
