package io.weir.agent.qumulo;

import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.QumuloClient;
import io.weir.qumulo.client.Snapshot;
import io.weir.qumulo.client.Snapshots;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots that an agent compares with. Each has an expiration, should nobody come to delete it; those of earlier
 * runs, that none knows any more, are deleted at the start. For one thread.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    /** An agent that does not run for longer finds its checkpoint gone. */
    static final Duration LIFE = Duration.ofDays(3);

    private final Snapshots snapshots;
    private final String suffix;
    private int taken;

    /** @param owner of the snapshots: agent and volume */
    Checkpoints(QumuloClient client, String owner) {
        this.snapshots = client.snapshots();
        this.suffix = "weir-" + owner + "-";
    }

    /** Takes one of everything. */
    Snapshot take() throws QumuloException {
        String name = suffix + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-" + taken++;
        try {
            return snapshots.create(FileRef.ROOT.text(), name, Instant.now().plus(LIFE));
        } catch (QumuloException e) {
            if (!e.mayHaveBeenCarriedOut()) {
                throw e;
            }
            return snapshots.list().stream()
                    .filter(snapshot -> snapshot.name().endsWith(name) && !snapshot.inDelete())
                    .findFirst()
                    .orElseThrow(() -> e);
        }
    }

    /** One that was taken, if it can still be compared with. */
    Optional<Snapshot> find(String id) throws QumuloException {
        if (!id.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return snapshots.find(Long.parseLong(id)).filter(snapshot -> !snapshot.inDelete());
    }

    /** Deletes one that is not needed any more. If that fails it is tried again at the next start, or it expires. */
    void delete(long id) {
        try {
            snapshots.delete(id);
        } catch (QumuloException e) {
            if (e.reason() != Reason.NOT_THERE) {
                LOG.atWarn()
                        .addKeyValue("snapshot", id)
                        .addKeyValue("cause", e.getMessage())
                        .log("A snapshot could not be deleted; it expires by itself");
            }
        }
    }

    /** Deletes what this agent has taken, but for this one. */
    void deleteOthers(Optional<String> kept) throws QumuloException {
        for (Snapshot snapshot : snapshots.list()) {
            boolean ours =
                    snapshot.name().substring(snapshot.name().indexOf('_') + 1).startsWith(suffix);
            if (ours && !snapshot.inDelete() && !kept.equals(Optional.of(Long.toString(snapshot.id())))) {
                delete(snapshot.id());
            }
        }
    }
}
