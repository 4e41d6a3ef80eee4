package io.weir.agent;

import io.weir.agent.claim.ClaimLog;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.claim.ContestedTenure;
import io.weir.agent.claim.SoleTenure;
import io.weir.agent.claim.Standing;
import io.weir.agent.claim.Tenure;
import io.weir.agent.marks.AttemptLiveness;
import io.weir.agent.source.AccountNames;
import io.weir.agent.source.EventSource;
import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import io.weir.agent.source.Place;
import io.weir.agent.source.Subtree;
import io.weir.posix.PathText;
import io.weir.schemas.AgentClaim;
import io.weir.schemas.ClaimedSubtree;
import io.weir.schemas.ComponentStatus;
import java.io.Closeable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent: takes what a source observes and delivers events to an outlet.
 *
 * <p>{@link #start} and {@link #close} belong to one thread, {@link #accept} to the source's; {@link #status} may be asked
 * by any.
 */
public final class AgentCore implements ObservationSink, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentCore.class);

    private final AgentConfig config;
    private final EventSource source;
    private final EventOutlet outlet;
    private final Journal journal;
    private final Delivery delivery;
    private final Housekeeping housekeeping;
    private final StatusReport report;
    private final Standing standing = new Standing();
    private final LongSupplier micros;
    private final List<Place> newTrees;
    private boolean claiming;
    private boolean watching;
    private volatile long watchesSince;
    private boolean closed;

    private AgentCore(
            AgentConfig config,
            EventSource source,
            EventOutlet outlet,
            AgentParts parts,
            ClaimSettings claim,
            LongSupplier micros) {
        this.config = config;
        this.source = source;
        this.outlet = outlet;
        this.micros = micros;
        this.newTrees = source.subtrees().stream()
                .map(Subtree::place)
                .filter(place -> !parts.history().isKnown(place))
                .toList();
        long delivered = parts.spool().nextSequence() - 1 - parts.spool().depth();
        Acknowledged acknowledged = new Acknowledged(delivered, this::delivered);
        WaitingEvents waiting = new WaitingEvents();
        parts.oldestSpooled().ifPresent(at -> waiting.written(parts.spool().nextSequence() - 1, at, delivered));
        this.delivery = new Delivery(
                config.id(),
                parts.store(),
                outlet,
                acknowledged,
                tenure(parts, claim),
                standing,
                delivered,
                parts.spool().nextSequence() - 1);
        this.journal = new Journal(parts, delivery, acknowledged, waiting, micros, config.spoolBytes());
        this.housekeeping = new Housekeeping(config.id(), journal, parts.marks());
        Figures figures = new Figures(config, source, parts, journal, acknowledged, waiting, micros);
        this.report = new StatusReport(config, source, parts, standing, journal, delivery, outlet, figures, micros);
    }

    /** Where nobody else delivers, there is nothing to claim. */
    private Tenure tenure(AgentParts parts, ClaimSettings settings) {
        Optional<ClaimLog> log = outlet.claims();
        if (log.isEmpty()) {
            return new SoleTenure(outlet::report, () -> componentStatus(null), standing);
        }
        AgentClaim own = AgentClaim.newBuilder()
                .setInstance(UUID.randomUUID().toString())
                .setEpoch(parts.spool().epoch())
                .setStep("")
                .setLeaseMillis(settings.lease().toMillis())
                .setSubtrees(source.subtrees().stream().map(AgentCore::claimed).toList())
                .build();
        return new ContestedTenure(
                config.id(),
                own,
                settings,
                this::componentStatus,
                outlet::report,
                log.get(),
                standing,
                this::takenOver,
                System::nanoTime);
    }

    private static ClaimedSubtree claimed(Subtree subtree) {
        return new ClaimedSubtree(
                subtree.place().volume(), PathText.display(subtree.place().path()), subtree.recursive());
    }

    /** A tree with a baseline is compared with it, which tells more than that a time is not covered. */
    private void takenOver(String from, long lastSeenMillis) {
        long watching = watchesSince == 0 ? micros.getAsLong() : watchesSince;
        long since = Math.min(TimeUnit.MILLISECONDS.toMicros(lastSeenMillis), watching);
        journal.transact(intake -> newTrees.forEach(tree -> intake.takenOver(tree, from, since, watching)));
    }

    /**
     * Opens the store and makes the marks directories of the source's volumes. Nothing runs until {@link #start}. The core
     * closes source and outlet when it is closed. Names of accounts are those of the host.
     *
     * @throws io.weir.agent.baseline.StoreException if the data directory cannot be used, or another agent uses it
     */
    public static AgentCore open(AgentConfig config, EventSource source, EventOutlet outlet, ClaimSettings claim) {
        return open(config, source, outlet, new HostAccounts(), AttemptLiveness.byLock(), claim, AgentCore::now);
    }

    /** The same for an agent that is refused where another is of record. */
    public static AgentCore open(AgentConfig config, EventSource source, EventOutlet outlet) {
        return open(config, source, outlet, ClaimSettings.refused());
    }

    /** The same for a source whose workers' processes cannot be asked on the agent's host. */
    public static AgentCore open(
            AgentConfig config, EventSource source, EventOutlet outlet, ClaimSettings claim, AttemptLiveness liveness) {
        return open(config, source, outlet, new HostAccounts(), liveness, claim, AgentCore::now);
    }

    static AgentCore open(
            AgentConfig config,
            EventSource source,
            EventOutlet outlet,
            AccountNames accounts,
            AttemptLiveness liveness,
            ClaimSettings claim,
            LongSupplier micros) {
        AgentParts parts = AgentParts.assemble(config, source, accounts, liveness, micros.getAsLong());
        return new AgentCore(config, source, outlet, parts, claim, micros);
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /**
     * Begins to claim what the source watches, which {@link #start} does otherwise. Nothing is watched yet. Idempotent.
     *
     * @return for waiting until this agent is of record
     */
    public Standing claim() {
        if (!claiming) {
            claiming = true;
            delivery.start();
        }
        return standing;
    }

    /** Whether this agent is of record. Any thread. */
    public Standing standing() {
        return standing;
    }

    /**
     * Starts delivery and the source; returns when the source's initial scan is over. What is seen before the agent is of
     * record waits in the spool.
     */
    public void start() {
        claim();
        watchesSince = micros.getAsLong();
        housekeeping.start();
        watching = true;
        source.start(this);
        report.running();
        LOG.atInfo().addKeyValue("agent", config.id()).log("Agent runs");
    }

    /**
     * Takes a batch. When this returns, what follows from it is in the store. Waits while the spool is full.
     *
     * @throws io.weir.agent.baseline.StoreException if the store cannot be written; the agent then takes nothing more and
     *     its status tells why
     */
    @Override
    public void accept(List<Observation> batch) {
        if (batch.isEmpty()) {
            return;
        }
        journal.transactWithRoom(intake -> {
            long nanos = System.nanoTime();
            for (Observation observation : batch) {
                intake.take(observation, nanos);
            }
        });
        housekeeping.reconsider();
    }

    @Override
    public Optional<String> checkpoint() {
        return journal.checkpoint();
    }

    /** How the agent is now. */
    public AgentStatus status() {
        return report.status();
    }

    private ComponentStatus componentStatus(@Nullable AgentClaim claim) {
        return report.component(claim);
    }

    private void delivered() {
        housekeeping.delivered();
    }

    /** Stops the source, delivers what is spooled as far as the time-out allows, and closes the store. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        delivery.unbound();
        journal.closing();
        try {
            source.close();
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            report.stopped();
            outlet.close();
            journal.close();
        }
    }

    private void finish() throws InterruptedException {
        if (watching) {
            housekeeping.stop();
            if (journal.failure().isEmpty()) {
                journal.transact(intake -> intake.publishPending(System.nanoTime()));
            }
            delivery.awaitDelivered(config.closeTimeout().toNanos());
        }
        report.stopped();
        if (claiming) {
            delivery.stop();
        }
    }
}
