package io.weir.agent.stream;

import io.weir.agent.baseline.StoreException;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where files were told to be, and to be no more, since a checkpoint. Names are told apart by the directory's id, so that
 * renaming a directory changes none of what is below it. Writes through the connection that it is given, whose transactions
 * are the caller's. For one thread at a time.
 */
public final class ToldFiles {
    private static final String BELOW = " WHERE volume = ? AND path >= ? || '/' AND path < ? || '0'"; // '0' follows '/'

    /**
     * A name of a file.
     *
     * @param path when it was told; follows the renaming of directories
     * @param there false: it was told that it is not there any more
     * @param stat as last read; null if it was not read
     * @param sure whether nothing was told of it since that
     */
    public record Row(
            String volume, FileIdentity file, String path, boolean there, @Nullable FileStat stat, boolean sure) {
        Place place() {
            return new Place(volume, path);
        }

        boolean isOf(FileIdentity other) {
            return file.fileId().equals(other.fileId());
        }

        /** Whether it is this very name, wherever the directory is. */
        boolean isNamed(FileIdentity other, Place otherPlace) {
            return file.directoryId().equals(other.directoryId())
                    && nameOf(path).equals(nameOf(otherPlace.path()));
        }
    }

    private final PreparedStatement put;
    private final PreparedStatement of;
    private final PreparedStatement at;
    private final PreparedStatement ofFile;
    private final PreparedStatement leave;
    private final PreparedStatement unread;
    private final PreparedStatement rename;
    private final PreparedStatement goneBelow;
    private final PreparedStatement removeBelow;
    private final PreparedStatement below;
    private final PreparedStatement unconfirmed;
    private final PreparedStatement confirm;
    private final PreparedStatement forgetConfirmed;
    private final PreparedStatement forget;
    private final PreparedStatement keepRename;
    private final PreparedStatement renames;
    private final PreparedStatement forgetRenames;
    /** Directories that were told to have moved, in this order. */
    private final List<Rename> renamed = new ArrayList<>();

    private long generation;

    private record Rename(Place from, Place to, long generation) {}

    /** Makes the table if it is not there. */
    public ToldFiles(Connection connection) {
        try {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate("CREATE TABLE IF NOT EXISTS told(directory TEXT NOT NULL, name TEXT NOT NULL,"
                        + " file TEXT NOT NULL, is_directory INTEGER NOT NULL, volume TEXT NOT NULL,"
                        + " path TEXT NOT NULL, there INTEGER NOT NULL, state TEXT, sure INTEGER NOT NULL,"
                        + " generation INTEGER NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0)");
                statement.executeUpdate("CREATE UNIQUE INDEX IF NOT EXISTS told_name ON told(file, directory, name)");
                statement.executeUpdate("CREATE INDEX IF NOT EXISTS told_path ON told(path)");
                statement.executeUpdate(
                        "CREATE TABLE IF NOT EXISTS renamed(id INTEGER PRIMARY KEY, volume TEXT NOT NULL,"
                                + " old TEXT NOT NULL, new TEXT NOT NULL, generation INTEGER NOT NULL)");
                try (ResultSet max = statement.executeQuery("SELECT coalesce(max(generation), 0) FROM"
                        + " (SELECT generation FROM told UNION ALL SELECT generation FROM renamed)")) {
                    max.next();
                    generation = max.getLong(1);
                }
            }
            String columns = "directory, name, file, is_directory, volume, path, there, state, sure";
            put = connection.prepareStatement("INSERT OR REPLACE INTO told(" + columns
                    + ", generation, confirmed) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
            of = connection.prepareStatement(
                    "SELECT " + columns + " FROM told WHERE file = ? AND directory = ? AND name = ?");
            at = connection.prepareStatement(
                    "SELECT " + columns + " FROM told WHERE volume = ? AND path = ? AND there = 1");
            ofFile = connection.prepareStatement("SELECT " + columns + " FROM told WHERE file = ?");
            leave = connection.prepareStatement("DELETE FROM told WHERE file = ? AND directory = ? AND name = ?");
            unread = connection.prepareStatement(
                    "UPDATE told SET sure = 0 WHERE file = ? AND directory = ? AND name = ?");
            rename = connection.prepareStatement("UPDATE told SET path = ? || substr(path, length(?) + 1)" + BELOW);
            goneBelow = connection.prepareStatement("UPDATE told SET there = 0" + BELOW);
            removeBelow = connection.prepareStatement("DELETE FROM told" + BELOW);
            below = connection.prepareStatement("SELECT " + columns + " FROM told" + BELOW);
            unconfirmed = connection.prepareStatement(
                    "SELECT " + columns + " FROM told WHERE volume = ? AND there = 1 AND confirmed = 0");
            confirm = connection.prepareStatement(
                    "UPDATE told SET confirmed = 1 WHERE file = ? AND directory = ? AND name = ?");
            forgetConfirmed = connection.prepareStatement("UPDATE told SET confirmed = 0 WHERE confirmed = 1");
            forget = connection.prepareStatement("DELETE FROM told WHERE generation < ?");
            keepRename =
                    connection.prepareStatement("INSERT INTO renamed(volume, old, new, generation) VALUES(?, ?, ?, ?)");
            renames = connection.prepareStatement("SELECT volume, old, new FROM renamed ORDER BY id");
            forgetRenames = connection.prepareStatement("DELETE FROM renamed WHERE generation < ?");
            try (ResultSet rows = renames.executeQuery()) {
                while (rows.next()) {
                    String volume = rows.getString(1);
                    var from = new Place(volume, rows.getString(2));
                    renamed.add(new Rename(from, new Place(volume, rows.getString(3)), generation));
                }
            }
        } catch (SQLException e) {
            throw failed("open", e);
        }
    }

    /** This name of the file, if something was told of it. */
    Optional<Row> of(FileIdentity file, String path) {
        return query(of, file.fileId(), file.directoryId(), nameOf(path)).stream()
                .findFirst();
    }

    /** Another file that was told to be at this place, and not to be gone. */
    Optional<Row> otherThan(FileIdentity file, Place place) {
        return query(at, place.volume(), place.path()).stream()
                .filter(row -> !row.isOf(file))
                .findFirst();
    }

    /** All names of a file, those that were told to be no more among them. */
    List<Row> ofFile(String fileId) {
        return query(ofFile, fileId);
    }

    /**
     * A file was told to be here.
     *
     * @param confirmed whether a comparison has come upon it
     */
    void there(Place place, FileIdentity file, @Nullable FileStat stat, boolean confirmed) {
        put(new Row(place.volume(), file, place.path(), true, stat, stat != null), confirmed);
    }

    /**
     * A file was told to have come here, and nothing of its state.
     *
     * @param known its state where it was, as last read
     */
    void came(Place place, FileIdentity file, @Nullable FileStat known, boolean confirmed) {
        put(new Row(place.volume(), file, place.path(), true, known, false), confirmed);
    }

    /** A file has left one of its names for another. */
    void leave(FileIdentity file, String path) {
        update(leave, file.fileId(), file.directoryId(), nameOf(path));
    }

    /** A file was told to be here no more, nor what is below it if it is a directory; for good. */
    void removed(Place place, FileIdentity file) {
        leave(file, place.path());
        if (file.directory()) {
            update(removeBelow, place.volume(), place.path(), place.path());
        }
    }

    /** What was told to be below a directory. */
    List<Row> below(Place directory) {
        return query(below, directory.volume(), directory.path(), directory.path());
    }

    /** Something was told of a file that was not read. */
    void unread(FileIdentity file, String path) {
        update(unread, file.fileId(), file.directoryId(), nameOf(path));
    }

    /** A file was told to be here no more. What was below a directory has been, or will be, told on its own. */
    void gone(String volume, FileIdentity file, String path) {
        put(new Row(volume, file, path, false, null, false), true);
    }

    /** A file was told to be here no more, nor what is below it if it is a directory. */
    void goneWithAll(String volume, FileIdentity file, String path) {
        gone(volume, file, path);
        if (file.directory()) {
            update(goneBelow, volume, path, path);
        }
    }

    /** A directory was told to have moved, and what is below it with it. */
    void relocated(Place from, Place to) {
        update(rename, to.path(), from.path(), from.volume(), from.path(), from.path());
    }

    /** As {@link #relocated}, and kept for {@link #now}. */
    void renamed(Place from, Place to) {
        relocated(from, to);
        try {
            keepRename.setString(1, from.volume());
            keepRename.setString(2, from.path());
            keepRename.setString(3, to.path());
            keepRename.setLong(4, generation);
            keepRename.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
        renamed.add(new Rename(from, to, generation));
    }

    /** Where what was at a place at the checkpoint is by now, as far as directories above it were told to have moved. */
    Place now(Place then) {
        Place now = then;
        for (Rename rename : renamed) {
            if (!now.equals(rename.from()) && Place.isAtOrBelow(now, rename.from())) {
                now = Place.relocated(now, rename.from(), rename.to());
            }
        }
        return now;
    }

    /** A comparison has come upon this name. */
    void confirm(FileIdentity file, String path) {
        update(confirm, file.fileId(), file.directoryId(), nameOf(path));
    }

    /** A comparison begins; what an earlier one came upon, which may not have come to its end, says nothing. */
    void confirmNone() {
        update(forgetConfirmed);
    }

    /** What was told to be there and the comparison has not come upon. */
    List<Row> unconfirmed(String volume) {
        return query(unconfirmed, volume);
    }

    /** What is told from here on outlives {@link #forgetOlder}. */
    void newGeneration() {
        generation++;
    }

    /** Forgets what was told before the last {@link #newGeneration}. */
    void forgetOlder() {
        try {
            forget.setLong(1, generation);
            forget.executeUpdate();
            forgetRenames.setLong(1, generation);
            forgetRenames.executeUpdate();
            renamed.removeIf(rename -> rename.generation() < generation);
        } catch (SQLException e) {
            throw failed("write", e);
        }
    }

    private void put(Row row, boolean confirmed) {
        FileIdentity file = row.file();
        try {
            put.setString(1, file.directoryId());
            put.setString(2, nameOf(row.path()));
            put.setString(3, file.fileId());
            put.setBoolean(4, file.directory());
            put.setString(5, row.volume());
            put.setString(6, row.path());
            put.setBoolean(7, row.there());
            put.setString(8, row.stat() == null ? null : StatText.of(row.stat()));
            put.setBoolean(9, row.sure());
            put.setLong(10, generation);
            put.setBoolean(11, confirmed);
            put.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
    }

    private static List<Row> query(PreparedStatement statement, String... parameters) {
        List<Row> found = new ArrayList<>();
        try {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
        return found;
    }

    private static void update(PreparedStatement statement, String... parameters) {
        try {
            bind(statement, parameters);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
    }

    private static void bind(PreparedStatement statement, String... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
    }

    private static Row row(ResultSet rows) throws SQLException {
        var file = new FileIdentity(rows.getString(3), rows.getString(1), rows.getBoolean(4));
        String state = rows.getString(8);
        FileStat stat = state == null ? null : StatText.parse(file.fileId(), state);
        return new Row(rows.getString(5), file, rows.getString(6), rows.getBoolean(7), stat, rows.getBoolean(9));
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static StoreException failed(String what, SQLException e) {
        return new StoreException("agent store: cannot " + what + " what was told: " + e.getMessage(), e);
    }
}
