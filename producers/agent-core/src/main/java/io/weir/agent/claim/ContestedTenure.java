package io.weir.agent.claim;

import io.weir.agent.claim.ClaimLog.UnreachableException;
import io.weir.schemas.AgentClaim;
import io.weir.schemas.ComponentStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol by which an agent becomes and stays the agent of record; the package's page tells it. */
public final class ContestedTenure implements Tenure {
    private static final Logger LOG = LoggerFactory.getLogger(ContestedTenure.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long RETRY_MILLIS = 500;

    /** What others hold or held. */
    public interface Events {
        /** This agent follows another, whose last sign of life came at this time of the log, milliseconds since 1970. */
        void takenOver(String agent, long lastSeen);
    }

    private final String id;
    private final AgentClaim own;
    private final ClaimSettings settings;
    private final Function<AgentClaim, ComponentStatus> status;
    private final ClaimLog log;
    private final Standing standing;
    private final LongSupplier nanos;
    private final Events events;
    private final Heartbeat heartbeat;
    private final Rivalry rivalry;
    private @Nullable Long since;

    /**
     * @param own what is claimed; its step is of no matter
     * @param status the agent's status now, with a claim
     * @param nanos a clock that never goes back
     */
    public ContestedTenure(
            String id,
            AgentClaim own,
            ClaimSettings settings,
            Function<AgentClaim, ComponentStatus> status,
            Reports reports,
            ClaimLog log,
            Standing standing,
            Events events,
            LongSupplier nanos) {
        this.id = id;
        this.own = own;
        this.settings = settings;
        this.status = status;
        this.log = log;
        this.standing = standing;
        this.events = events;
        this.nanos = nanos;
        heartbeat = new Heartbeat(reports, settings, nanos);
        rivalry = new Rivalry(id, own);
    }

    @Override
    public boolean begin(BooleanSupplier stopping) throws InterruptedException {
        standing.doubts("it is not agent of record yet: Kafka has not answered; what is seen waits in the spool");
        while (!stopping.getAsBoolean()) {
            try {
                if (attempt(stopping)) {
                    return true;
                }
            } catch (UnreachableException e) {
                doubt(e);
            }
        }
        return false;
    }

    private boolean attempt(BooleanSupplier stopping) throws InterruptedException {
        LogPosition at = write(stopping);
        if (at == null) {
            return false;
        }
        Holders holders = new Holders(at.time());
        try (ClaimLog.Reader reader = log.open()) {
            Holders.Verdict verdict = read(reader, holders, at, stopping);
            if (verdict == null) {
                return false;
            }
            if (verdict.blockedBy().isPresent()) {
                blocked(verdict.blockedBy().get());
                await(verdict.blockedBy().get(), at, holders, reader, stopping);
                return false;
            }
            verdict.displaced().stream()
                    .filter(former -> !former.isDeadPredecessorOf(id, own.getEpoch()))
                    .max(Comparator.comparingLong(Holder::last))
                    .ifPresent(former -> events.takenOver(former.id(), former.last()));
        }
        succeeded(at);
        LOG.atInfo().addKeyValue("agent", id).addKeyValue("offset", at.offset()).log("Agent is of record");
        return true;
    }

    private void succeeded(LogPosition at) throws InterruptedException {
        since = at.offset();
        heartbeat.begun(at);
        heartbeat.send(status.apply(claim(Step.HELD)), true);
        standing.holds();
    }

    private void blocked(Holder by) {
        if (settings.standby()) {
            standing.standsBy(rivalry.text(by));
        } else {
            standing.answers();
        }
    }

    /** Writes an attempt and waits until it is in the log; null if it cannot be written at present, or when stopping. */
    private @Nullable LogPosition write(BooleanSupplier stopping) throws InterruptedException {
        heartbeat.send(status.apply(claim(Step.ATTEMPT)), false);
        LogPosition position = heartbeat.await(stopping);
        if (position == null && !stopping.getAsBoolean()) {
            notWritten().ifPresent(standing::doubts);
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
        return position;
    }

    /** That statuses do not get to the log, if that is known, and why. */
    private Optional<String> notWritten() {
        return heartbeat
                .failure()
                .map(e -> "it is not certain to be agent of record: its status cannot be written: " + e
                        + "; what is seen waits in the spool. Check broker, registry and rights");
    }

    private AgentClaim claim(String step) {
        return new AgentClaim(
                own.getInstance(),
                own.getEpoch(),
                step,
                since,
                heartbeat.lastTime(),
                own.getLeaseMillis(),
                own.getSubtrees());
    }

    /** Reads the log up to a record of this agent, and what came of that; null when stopping. */
    private Holders.@Nullable Verdict read(
            ClaimLog.Reader reader, Holders holders, LogPosition to, BooleanSupplier stopping)
            throws InterruptedException {
        Holders.Verdict mine = null;
        while (reader.offset() <= to.offset() && !stopping.getAsBoolean()) {
            for (ClaimLog.Entry entry : reader.poll(POLL)) {
                Holders.Verdict verdict = holders.add(entry);
                mine = entry.position().offset() == to.offset() ? verdict : mine;
            }
        }
        return mine;
    }

    /** Waits until the time of the other is over, or refuses this one as soon as the other gives a sign of life. */
    private void await(Holder other, LogPosition at, Holders holders, ClaimLog.Reader reader, BooleanSupplier stopping)
            throws InterruptedException {
        Holder seen = other;
        long end = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(other.left(at.time()));
        while (nanos.getAsLong() - end < 0 && !stopping.getAsBoolean()) {
            reader.poll(POLL).forEach(holders::add);
            Holder now = holders.holder(other.claim().getInstance());
            if (now == null || now.released()) {
                return;
            }
            if (now.last() != seen.last()) {
                seen = now;
                end = nanos.getAsLong()
                        + TimeUnit.MILLISECONDS.toNanos(now.claim().getLeaseMillis());
                if (!settings.standby()) {
                    throw rivalry.refused(now);
                }
            }
            if (standing.isStandby() && heartbeat.isDue()) {
                heartbeat.send(status.apply(claim(Step.WAITING)), false);
            }
        }
    }

    @Override
    public long tend(BooleanSupplier stopping) throws InterruptedException {
        if (heartbeat.isDue()) {
            heartbeat.send(status.apply(claim(Step.HELD)), true);
        }
        boolean doubted = false;
        while (!heartbeat.isCertain() && !stopping.getAsBoolean()) {
            doubted = true;
            standing.doubts(notWritten()
                    .orElse("it is not certain to be agent of record: Kafka has acknowledged no status for some time;"
                            + " what is seen waits in the spool until it does"));
            try {
                if (heartbeat.isUnderWay()) {
                    heartbeat.await(stopping);
                } else {
                    again(stopping);
                }
            } catch (UnreachableException e) {
                doubt(e);
            }
        }
        if (doubted && !stopping.getAsBoolean()) {
            standing.holds(); // Also where an acknowledgement only came late, and no new attempt was needed.
        }
        return heartbeat.nanosToNext();
    }

    /** Its lease is over, or may be: what holds is what the log says up to a new attempt. */
    private void again(BooleanSupplier stopping) throws InterruptedException {
        LogPosition at = write(stopping);
        if (at == null) {
            return;
        }
        try (ClaimLog.Reader reader = log.open()) {
            Holders.Verdict verdict = read(reader, new Holders(at.time()), at, stopping);
            if (verdict == null) {
                return;
            }
            if (verdict.blockedBy().isPresent()) {
                throw rivalry.takenOver(verdict.blockedBy().get());
            }
        }
        succeeded(at);
    }

    private void doubt(UnreachableException e) throws InterruptedException {
        standing.doubts(
                "it is not certain to be agent of record: " + e.getMessage() + "; what is seen waits in the spool");
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }

    @Override
    public void end() throws InterruptedException {
        heartbeat.send(status.apply(claim(Step.RELEASED)), false);
    }
}
