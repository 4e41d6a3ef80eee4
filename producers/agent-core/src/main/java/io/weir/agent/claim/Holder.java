package io.weir.agent.claim;

import io.weir.schemas.AgentClaim;
import io.weir.schemas.ClaimedSubtree;
import io.weir.schemas.ComponentStatus;
import java.util.Optional;

/**
 * An agent that is of record, or was the last to be.
 *
 * @param id agent id
 * @param host where it runs
 * @param claim what it reports on
 * @param since offset of its attempt
 * @param last the log's time of its last record, milliseconds since 1970
 * @param released whether it has stopped in order
 */
record Holder(String id, String host, AgentClaim claim, long since, long last, boolean released) {
    static Holder of(ComponentStatus status, AgentClaim claim, long since, long last) {
        return new Holder(
                status.getId(),
                status.getHost(),
                claim,
                since,
                last,
                claim.getStep().equals(Step.RELEASED));
    }

    boolean isDeadPredecessorOf(String otherId, long otherEpoch) {
        return id.equals(otherId) && claim.getEpoch() == otherEpoch;
    }

    /** How much of its lease is left at a time of the log, milliseconds; 0 or less: it is over. */
    long left(long time) {
        return released ? 0 : claim.getLeaseMillis() - (time - last);
    }

    /** The subtree of this one that overlaps with another agent's. */
    Optional<ClaimedSubtree> overlap(AgentClaim other) {
        return claim.getSubtrees().stream()
                .filter(mine -> other.getSubtrees().stream().anyMatch(theirs -> overlap(mine, theirs)))
                .findFirst();
    }

    /** A subtree overlaps with all that lies in it; the entries of one directory with the same directory only. */
    private static boolean overlap(ClaimedSubtree a, ClaimedSubtree b) {
        if (!a.getVolume().equals(b.getVolume())) {
            return false;
        }
        return a.getPath().equals(b.getPath())
                || (a.getRecursive() && isBelow(b.getPath(), a.getPath()))
                || (b.getRecursive() && isBelow(a.getPath(), b.getPath()));
    }

    private static boolean isBelow(String path, String ancestor) {
        return ancestor.equals("/") || path.startsWith(ancestor + "/");
    }
}
