package io.weir.agent.claim;

import io.weir.schemas.AgentClaim;
import io.weir.schemas.ComponentStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is of record, by the log alone: takes its records in order. For one thread. */
final class Holders {
    /**
     * What came of an attempt.
     *
     * @param blockedBy who is of record instead; empty: it succeeded
     * @param displaced whose time was over
     */
    record Verdict(Optional<Holder> blockedBy, List<Holder> displaced) {}

    private static final Verdict NONE = new Verdict(Optional.empty(), List.of());

    /** Nothing is compacted within this time and a lease: the topic's {@code min.compaction.lag.ms} is two minutes. */
    private static final long COMPLETE_MILLIS = 60_000;

    private final Map<String, Holder> byInstance = new LinkedHashMap<>();
    private final long completeSince;

    /**
     * @param now the log's time now, milliseconds since 1970. Of an attempt that lies long before, compaction may have taken
     *     away what it was blocked by; one that succeeded is known by the records that followed it
     */
    Holders(long now) {
        completeSince = now - COMPLETE_MILLIS;
    }

    /** Takes the next record. The verdict tells only of attempts. */
    Verdict add(ClaimLog.Entry entry) {
        AgentClaim claim = entry.status().getClaim();
        if (claim == null) {
            return NONE;
        }
        return switch (claim.getStep()) {
            case Step.ATTEMPT -> attempt(entry, claim);
            case Step.HELD, Step.RELEASED -> held(entry, claim);
            default -> NONE;
        };
    }

    private Verdict attempt(ClaimLog.Entry entry, AgentClaim claim) {
        if (entry.position().time() < completeSince) {
            return NONE;
        }
        ComponentStatus status = entry.status();
        List<Holder> rivals = rivals(status.getId(), claim);
        Optional<Holder> blocking = rivals.stream()
                .filter(r -> !r.isDeadPredecessorOf(status.getId(), claim.getEpoch()))
                .filter(r -> r.left(entry.position().time()) > 0)
                .findFirst();
        if (blocking.isEmpty()) {
            replace(
                    rivals,
                    Holder.of(
                            status,
                            claim,
                            entry.position().offset(),
                            entry.position().time()));
        }
        return new Verdict(blocking, blocking.isEmpty() ? rivals : List.of());
    }

    /**
     * Whoever holds has read the log up to its attempt. Of two, the later could only succeed when the earlier was over. That
     * a lease was over before it was renewed is seen in the record itself, whatever compaction has left of those before.
     */
    private Verdict held(ClaimLog.Entry entry, AgentClaim claim) {
        Long since = claim.getSince();
        Long previous = claim.getPrevious();
        long time = entry.position().time();
        if (since == null || previous == null || time - previous >= claim.getLeaseMillis()) {
            return NONE;
        }
        List<Holder> rivals = rivals(entry.status().getId(), claim);
        if (rivals.stream().noneMatch(r -> r.since() > since)) {
            replace(rivals, Holder.of(entry.status(), claim, since, time));
        }
        return NONE;
    }

    private void replace(List<Holder> over, Holder by) {
        over.forEach(r -> byInstance.remove(r.claim().getInstance()));
        byInstance.put(by.claim().getInstance(), by);
    }

    /** Others that cannot be of record together with this one. */
    private List<Holder> rivals(String id, AgentClaim claim) {
        return byInstance.values().stream()
                .filter(h -> !h.claim().getInstance().equals(claim.getInstance()))
                .filter(h -> h.id().equals(id) || h.overlap(claim).isPresent())
                .toList();
    }

    /** The agent of record with this instance. */
    @Nullable
    Holder holder(String instance) {
        return byInstance.get(instance);
    }
}
