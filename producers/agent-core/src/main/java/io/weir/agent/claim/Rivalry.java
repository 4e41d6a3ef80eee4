package io.weir.agent.claim;

import io.weir.schemas.AgentClaim;
import io.weir.schemas.ClaimedSubtree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

/** What is told of another agent that is of record. */
final class Rivalry {
    private final String id;
    private final AgentClaim claim;

    /**
     * @param id of this agent
     * @param claim what it claims
     */
    Rivalry(String id, AgentClaim claim) {
        this.id = id;
        this.claim = claim;
    }

    NotOfRecordException refused(Holder by) {
        return new NotOfRecordException(text(by), by.id().equals(id));
    }

    NotOfRecordException takenOver(Holder by) {
        return new NotOfRecordException(
                "this agent is no longer of record: for more than its lease Kafka acknowledged nothing of it, and another"
                        + " took over; " + text(by),
                by.id().equals(id));
    }

    String text(Holder by) {
        if (by.id().equals(id)) {
            return "agent id='" + id + "': an agent of this id runs on host '" + by.host() + "' and reports on "
                    + all(by.claim()) + ", " + lastReport(by) + "; expected one process for each id";
        }
        String mine = by.overlap(claim).map(Rivalry::text).orElse("nothing");
        return "agent '" + by.id() + "' on host '" + by.host() + "' is the agent of record for " + mine
                + ", which overlaps with " + all(claim) + " of agent '" + id + "'; " + lastReport(by)
                + "; expected one agent for each subtree";
    }

    private static String lastReport(Holder by) {
        return "its last report came at " + Instant.ofEpochMilli(by.last()).truncatedTo(ChronoUnit.SECONDS);
    }

    private static String all(AgentClaim claim) {
        return claim.getSubtrees().stream().map(Rivalry::text).collect(Collectors.joining(", "));
    }

    private static String text(ClaimedSubtree subtree) {
        return "'" + subtree.getVolume() + ":" + subtree.getPath() + "'"
                + (subtree.getRecursive() ? " with all below" : "");
    }
}
