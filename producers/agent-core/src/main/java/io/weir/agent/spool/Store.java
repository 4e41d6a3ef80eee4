package io.weir.agent.spool;

import io.weir.agent.baseline.StoreException;
import java.io.Closeable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;

/** The database of an agent. For one thread at a time, but for {@link #openReader}. */
public final class Store implements Closeable {
    private final Connection connection;
    private final Optional<Path> file;
    private final Optional<DirectoryLock> lock;
    private final PreparedStatement getMeta;
    private final PreparedStatement putMeta;
    private final PreparedStatement getMetas;
    private final PreparedStatement forgetMeta;
    private final List<Runnable> beforeCommit = new ArrayList<>();

    private Store(Connection connection, Optional<Path> file, Optional<DirectoryLock> lock) throws SQLException {
        this.connection = connection;
        this.file = file;
        this.lock = lock;
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("PRAGMA synchronous=NORMAL");
            statement.execute("PRAGMA temp_store=MEMORY");
            statement.execute("PRAGMA cache_size=-8000");
            statement.execute("CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL)");
        }
        getMeta = connection.prepareStatement("SELECT value FROM meta WHERE name = ?");
        putMeta = connection.prepareStatement("INSERT INTO meta(name, value) VALUES(?, ?)"
                + " ON CONFLICT(name) DO UPDATE SET value = excluded.value");
        getMetas = connection.prepareStatement("SELECT name, value FROM meta WHERE name >= ? AND name < ?");
        forgetMeta = connection.prepareStatement("DELETE FROM meta WHERE name >= ? AND name < ?");
        connection.setAutoCommit(false);
    }

    /**
     * Opens the store of a data directory, made if it is not there, and locks the directory.
     *
     * @throws StoreException if another process has it, or it cannot be read or written
     */
    public static Store open(Path directory) {
        DirectoryLock lock = DirectoryLock.take(directory);
        try {
            NativeLibrary.load(Optional.of(directory));
            Path file = directory.resolve("agent.db");
            return new Store(connect(file.toString()), Optional.of(file), Optional.of(lock));
        } catch (SQLException | RuntimeException e) {
            lock.close();
            throw failed("open " + directory, e);
        }
    }

    /** A store that ends with the process. */
    public static Store inMemory() {
        try {
            NativeLibrary.load(Optional.empty());
            return new Store(connect(":memory:"), Optional.empty(), Optional.empty());
        } catch (SQLException e) {
            throw failed("open in memory", e);
        }
    }

    /** Whether what is written outlives the process. */
    public boolean isDurable() {
        return file.isPresent();
    }

    /** The connection that writes. Its transactions are begun by the first statement. */
    public Connection connection() {
        return connection;
    }

    /** A connection for reading, for one other thread; the caller closes it. Durable stores only. */
    public Connection openReader() {
        try {
            return connect(file.orElseThrow().toString());
        } catch (SQLException e) {
            throw failed("open for reading", e);
        }
    }

    /** A value kept in the store. */
    public Optional<String> meta(String name) {
        try {
            getMeta.setString(1, name);
            try (ResultSet rows = getMeta.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    /** Keeps a value, with the next commit. */
    public void meta(String name, String value) {
        try {
            putMeta.setString(1, name);
            putMeta.setString(2, value);
            putMeta.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
    }

    /** The values whose names begin like this, by name. */
    public SortedMap<String, String> metas(String prefix) {
        SortedMap<String, String> values = new TreeMap<>();
        try {
            getMetas.setString(1, prefix);
            getMetas.setString(2, prefix + Character.MAX_VALUE);
            try (ResultSet rows = getMetas.executeQuery()) {
                while (rows.next()) {
                    values.put(rows.getString(1), rows.getString(2));
                }
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
        return values;
    }

    /** Forgets the values whose names begin like this, with the next commit. */
    public void forgetMeta(String prefix) {
        try {
            forgetMeta.setString(1, prefix);
            forgetMeta.setString(2, prefix + Character.MAX_VALUE);
            forgetMeta.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
    }

    /** Adds something that has to write before each commit. */
    public void beforeCommit(Runnable write) {
        beforeCommit.add(write);
    }

    /** Makes everything since the last commit last. */
    public void commit() {
        beforeCommit.forEach(Runnable::run);
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failed("commit", e);
        }
    }

    /** Undoes everything since the last commit. */
    public void rollback() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw failed("roll back", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("close", e);
        } finally {
            lock.ifPresent(DirectoryLock::close);
        }
    }

    private static Connection connect(String file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // all keys are ours; to ask for them costs a statement for each row
        config.setGetGeneratedKeys(false);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static StoreException failed(String what, Exception e) {
        return e instanceof StoreException known
                ? known
                : new StoreException("agent store: cannot " + what + ": " + e.getMessage(), e);
    }
}
