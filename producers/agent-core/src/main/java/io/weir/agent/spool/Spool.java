package io.weir.agent.spool;

import io.weir.agent.SpooledEvent;
import io.weir.agent.baseline.StoreException;
import io.weir.schemas.topic.Causation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Events between their first writing and their delivery. Gives sequence numbers. Writes within the caller's transaction.
 */
public final class Spool {
    private final Store store;
    private final EventCodec codec;
    private final PreparedStatement insert;
    private final PreparedStatement weigh;
    private final PreparedStatement delete;
    private final long epoch;
    private long next;
    private long bytes;
    private long depth;

    /**
     * Opens the spool.
     *
     * @param newEpoch the epoch to begin if this store is new, that is, the spool before it was lost
     */
    public Spool(Store store, long newEpoch) {
        this.store = store;
        try (var statement = store.connection().createStatement()) {
            statement.executeUpdate("CREATE TABLE IF NOT EXISTS spool(seq INTEGER PRIMARY KEY, schema INTEGER NOT NULL,"
                    + " causation TEXT, correlation TEXT, depth INTEGER, evidence TEXT, event BLOB NOT NULL)");
            addEvidence(statement);
            codec = new EventCodec(store.connection());
            try (ResultSet row = statement.executeQuery("SELECT count(*), total(length(event)) FROM spool")) {
                row.next();
                depth = row.getLong(1);
                bytes = row.getLong(2);
            }
            insert = store.connection()
                    .prepareStatement("INSERT INTO spool(seq, schema, causation, correlation, depth, evidence, event)"
                            + " VALUES(?, ?, ?, ?, ?, ?, ?)");
            weigh = store.connection()
                    .prepareStatement("SELECT count(*), total(length(event)) FROM spool WHERE seq <= ?");
            delete = store.connection().prepareStatement("DELETE FROM spool WHERE seq <= ?");
        } catch (SQLException e) {
            throw failed("open", e);
        }
        epoch = store.meta("epoch").map(Long::parseLong).orElse(newEpoch);
        next = store.meta("next-sequence").map(Long::parseLong).orElse(1L);
        store.meta("epoch", Long.toString(epoch));
    }

    /** Spools made before 0.1.0 have no such column. */
    private static void addEvidence(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(*) FROM pragma_table_info('spool') WHERE name = 'evidence'")) {
            row.next();
            if (row.getInt(1) > 0) {
                return;
            }
        }
        statement.executeUpdate("ALTER TABLE spool ADD COLUMN evidence TEXT");
    }

    public long epoch() {
        return epoch;
    }

    /** The number that the next event gets. */
    public long nextSequence() {
        return next;
    }

    /** Takes the next number. It is given once: {@link #keepNumbers} makes that last. */
    public long takeSequence() {
        return next++;
    }

    /** Writes an event that has its number. */
    public void append(SpooledEvent event) {
        if (!store.isDurable()) {
            return;
        }
        byte[] encoded = codec.encode(event.event());
        @Nullable Causation causation = event.causation().orElse(null);
        try {
            insert.setLong(1, event.sequence());
            insert.setInt(2, codec.schemaId());
            insert.setString(3, causation == null ? null : causation.causationId());
            insert.setString(4, causation == null ? null : causation.correlationId());
            insert.setInt(5, causation == null ? 0 : causation.depth());
            insert.setString(6, evidence(causation));
            insert.setBytes(7, encoded);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw failed("write", e);
        }
        bytes += encoded.length;
        depth++;
    }

    private static @Nullable String evidence(@Nullable Causation causation) {
        return causation == null || causation.evidence() == null
                ? null
                : causation.evidence().word();
    }

    /** Keeps the numbers given so far, with the next commit. */
    public void keepNumbers() {
        store.meta("next-sequence", Long.toString(next));
    }

    /** Deletes what is delivered. */
    public void deleteThrough(long sequence) {
        if (!store.isDurable()) {
            return;
        }
        try {
            weigh.setLong(1, sequence);
            try (ResultSet row = weigh.executeQuery()) {
                row.next();
                depth -= row.getLong(1);
                bytes -= row.getLong(2);
            }
            delete.setLong(1, sequence);
            delete.executeUpdate();
        } catch (SQLException e) {
            throw failed("delete", e);
        }
    }

    /** Bytes of the events that lie here. */
    public long bytes() {
        return bytes;
    }

    /** Events that lie here. */
    public long depth() {
        return depth;
    }

    static StoreException failed(String what, SQLException e) {
        return new StoreException("spool: cannot " + what + ": " + e.getMessage(), e);
    }
}
