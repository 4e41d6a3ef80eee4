package io.weir.worker.ledger;

import io.weir.posix.PathText;
import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkCodec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The ledger. One writer: all methods are synchronized; each takes some tens of microseconds. */
public final class Ledger implements Closeable {
    /** How long an entry outlives the {@code notAfter} of its request, after which no redelivery acts any more. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final int VERSION = 1;
    private static final int BEGUN = 0;
    private static final int ENDED = 1;
    private static final int FINISHED = 2;
    private static final int REPORTED = 3;

    private final Path file;
    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement begin;
    private final PreparedStatement ended;
    private final PreparedStatement finish;
    private final PreparedStatement reported;
    private final PreparedStatement addMove;
    private final PreparedStatement findMove;

    private Ledger(Path file, Connection connection) throws SQLException {
        this.file = file;
        this.connection = connection;
        find = connection.prepareStatement("SELECT state, begin_mark, result FROM actions WHERE id = ?");
        begin = connection.prepareStatement("INSERT INTO actions (id, state, begin_mark, not_after) VALUES (?, " + BEGUN
                + ", ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, begin_mark = excluded.begin_mark");
        ended = connection.prepareStatement("UPDATE actions SET state = " + ENDED + " WHERE id = ?");
        finish = connection.prepareStatement("INSERT INTO actions (id, state, result, not_after) VALUES (?, " + FINISHED
                + ", ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, result = excluded.result");
        reported = connection.prepareStatement("UPDATE actions SET state = " + REPORTED + " WHERE id = ?");
        addMove = connection.prepareStatement(
                "INSERT OR REPLACE INTO moves (volume, path, file_id, target, not_after)" + " VALUES (?, ?, ?, ?, ?)");
        findMove =
                connection.prepareStatement("SELECT target FROM moves WHERE volume = ? AND path = ? AND file_id = ?");
    }

    /**
     * Opens the ledger, making it if it is not there.
     *
     * @throws IOException if the file is no ledger, is damaged, or was written by a newer version
     */
    public static Ledger open(Path file) throws IOException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try {
                prepare(file, connection);
                return new Ledger(file, connection);
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new IOException(
                    "ledger file='" + file + "' cannot be opened: " + e.getMessage()
                            + "; check the disk and that no other worker uses it, or move it away to begin an empty one",
                    e);
        }
    }

    private static void prepare(Path file, Connection connection) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 2000");
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
            int version;
            try (ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
                version = rows.getInt(1);
            }
            if (version > VERSION) {
                throw new IOException("ledger file='" + file + "' has version " + version + ", this worker knows "
                        + VERSION + "; start the newer worker");
            }
            statement.execute("CREATE TABLE IF NOT EXISTS actions (id TEXT PRIMARY KEY, state INTEGER NOT NULL,"
                    + " begin_mark BLOB, result BLOB, not_after INTEGER NOT NULL) WITHOUT ROWID");
            statement.execute("CREATE TABLE IF NOT EXISTS moves (volume TEXT NOT NULL, path BLOB NOT NULL,"
                    + " file_id TEXT NOT NULL, target BLOB NOT NULL, not_after INTEGER NOT NULL,"
                    + " PRIMARY KEY (volume, path, file_id)) WITHOUT ROWID");
            statement.execute("CREATE INDEX IF NOT EXISTS actions_not_after ON actions (not_after)");
            statement.execute("CREATE INDEX IF NOT EXISTS moves_not_after ON moves (not_after)");
            statement.execute("PRAGMA user_version = " + VERSION);
        }
    }

    /** What is known of an action. */
    public synchronized Optional<LedgerEntry> find(String actionId) {
        try {
            find.setString(1, actionId);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(entry(row)) : Optional.empty();
            }
        } catch (SQLException | IOException e) {
            throw failed("find action '" + actionId + "'", e);
        }
    }

    private static LedgerEntry entry(ResultSet row) throws SQLException, IOException {
        int state = row.getInt(1);
        byte[] mark = row.getBytes(2);
        Optional<BeginMark> begun = mark == null ? Optional.empty() : Optional.of(MarkCodec.decodeBegin(mark));
        if (state >= FINISHED) {
            return new LedgerEntry.Finished(ResultCodec.decode(row.getBytes(3)), state == REPORTED, begun);
        }
        return new LedgerEntry.Begun(begun.orElseThrow(() -> new IOException("begun without a mark")), state == ENDED);
    }

    /** An attempt is going to begin; what it declares is kept until the next attempt or the end. */
    public synchronized void begin(BeginMark mark, Instant notAfter) {
        try {
            begin.setString(1, mark.actionId());
            begin.setBytes(2, MarkCodec.encode(mark));
            begin.setLong(3, notAfter.toEpochMilli());
            begin.executeUpdate();
        } catch (SQLException e) {
            throw failed("begin action '" + mark.actionId() + "'", e);
        }
    }

    /** The last attempt was given up and has written its end mark; another may follow. */
    public synchronized void ended(String actionId) {
        try {
            ended.setString(1, actionId);
            ended.executeUpdate();
        } catch (SQLException e) {
            throw failed("end the attempt of action '" + actionId + "'", e);
        }
    }

    /** The action is over. The moves that it made are remembered with it. */
    public synchronized void finish(ActionResult result, List<Effect.Move> moves, Instant notAfter) {
        try {
            connection.setAutoCommit(false);
            try {
                finish.setString(1, result.getActionId());
                finish.setBytes(2, ResultCodec.encode(result));
                finish.setLong(3, notAfter.toEpochMilli());
                finish.executeUpdate();
                for (Effect.Move move : moves) {
                    remember(result.getVolume(), move, notAfter);
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("finish action '" + result.getActionId() + "'", e);
        }
    }

    private void remember(String volume, Effect.Move move, Instant notAfter) throws SQLException {
        if (move.fileId() == null) {
            return;
        }
        addMove.setString(1, volume);
        addMove.setBytes(2, PathText.encode(move.from()));
        addMove.setString(3, move.fileId());
        addMove.setBytes(4, PathText.encode(move.to()));
        addMove.setLong(5, notAfter.toEpochMilli());
        addMove.executeUpdate();
    }

    /** The results of these actions are in Kafka. */
    public synchronized void reported(Collection<String> actionIds) {
        if (actionIds.isEmpty()) {
            return;
        }
        try {
            connection.setAutoCommit(false);
            try {
                for (String id : actionIds) {
                    reported.setString(1, id);
                    reported.executeUpdate();
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed("note " + actionIds.size() + " results as reported", e);
        }
    }

    /** Where an action of this worker moved a file from this path. */
    public synchronized Optional<String> movedTo(String volume, String path, String fileId) {
        try {
            findMove.setString(1, volume);
            findMove.setBytes(2, PathText.encode(path));
            findMove.setString(3, fileId);
            try (ResultSet row = findMove.executeQuery()) {
                return row.next() ? Optional.of(PathText.decode(row.getBytes(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("find the move of '" + path + "'", e);
        }
    }

    /**
     * Forgets what no redelivery can ask for any more.
     *
     * @return how many actions it forgot
     */
    public synchronized int prune(Instant now) {
        long before = now.minus(KEPT).toEpochMilli();
        try (var actions = connection.prepareStatement("DELETE FROM actions WHERE not_after < ?");
                var moves = connection.prepareStatement("DELETE FROM moves WHERE not_after < ?")) {
            actions.setLong(1, before);
            moves.setLong(1, before);
            moves.executeUpdate();
            return actions.executeUpdate();
        } catch (SQLException e) {
            throw failed("prune", e);
        }
    }

    private LedgerException failed(String what, Exception cause) {
        return new LedgerException(
                "ledger file='" + file + "': cannot " + what + ": " + cause.getMessage() + "; check the disk", cause);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("close", e);
        }
    }
}
