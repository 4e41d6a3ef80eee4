package io.weir.agent.spool;

import io.weir.agent.SpooledEvent;
import io.weir.agent.baseline.StoreException;
import io.weir.schemas.topic.Causation;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the spool through a connection of its own. For one thread. */
public final class SpoolReader implements Closeable {
    private final Connection connection;
    private final EventCodec codec;
    private final PreparedStatement select;

    public SpoolReader(Store store) {
        connection = store.openReader();
        codec = EventCodec.reader(connection);
        try {
            select = connection.prepareStatement(
                    "SELECT seq, schema, causation, correlation, depth, evidence, event FROM spool"
                            + " WHERE seq > ? ORDER BY seq LIMIT ?");
        } catch (SQLException e) {
            throw Spool.failed("open for reading", e);
        }
    }

    /** The committed events after a number, in order, at most so many. */
    public List<SpooledEvent> after(long sequence, int limit) {
        List<SpooledEvent> events = new ArrayList<>();
        try {
            select.setLong(1, sequence);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    events.add(new SpooledEvent(codec.decode(row.getInt(2), row.getBytes(7)), causation(row)));
                }
            }
            return events;
        } catch (SQLException e) {
            throw Spool.failed("read", e);
        }
    }

    private static Optional<Causation> causation(ResultSet row) throws SQLException {
        String id = row.getString(3);
        return id == null
                ? Optional.empty()
                : Optional.of(
                        new Causation(id, row.getString(4), row.getInt(5), Causation.Evidence.of(row.getString(6))));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StoreException("spool: cannot close: " + e.getMessage(), e);
        }
    }
}
