package io.weir.agent.claim;

import io.weir.schemas.AgentClaim;
import io.weir.schemas.ClaimedSubtree;
import io.weir.schemas.ComponentStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statuses of agents as tests write them down. */
final class Statuses {
    static final long LEASE = 15_000;

    private Statuses() {}

    /** {@code vol:/path}, with {@code /**} at its end if recursive. */
    static ClaimedSubtree subtree(String text) {
        int colon = text.indexOf(':');
        String path = text.substring(colon + 1);
        boolean recursive = path.endsWith("/**");
        String directory = recursive ? path.substring(0, path.length() - 3) : path;
        return new ClaimedSubtree(text.substring(0, colon), directory.isEmpty() ? "/" : directory, recursive);
    }

    static AgentClaim claim(String instance, long epoch, String... subtrees) {
        List<ClaimedSubtree> claimed =
                Arrays.stream(subtrees).map(Statuses::subtree).toList();
        return new AgentClaim(instance, epoch, "", null, null, LEASE, claimed);
    }

    static ComponentStatus status(String id, @Nullable AgentClaim claim) {
        return ComponentStatus.newBuilder()
                .setKind("agent")
                .setId(id)
                .setVersion("1")
                .setHost("host-of-" + id)
                .setStartedAt(Instant.EPOCH)
                .setReportedAt(Instant.EPOCH)
                .setState("running")
                .setClaim(claim)
                .build();
    }

    static ClaimLog.Entry entry(
            long offset,
            long time,
            String id,
            AgentClaim claim,
            String step,
            @Nullable Long since,
            @Nullable Long previous) {
        AgentClaim told = new AgentClaim(
                claim.getInstance(),
                claim.getEpoch(),
                step,
                since,
                previous,
                claim.getLeaseMillis(),
                claim.getSubtrees());
        return new ClaimLog.Entry(new LogPosition(offset, time), status(id, told));
    }
}
