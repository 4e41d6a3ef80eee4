package io.weir.agent;

import io.weir.agent.marks.AttemptLiveness;
import io.weir.agent.source.EventSource;
import io.weir.agent.source.Observation;
import io.weir.agent.source.ObservationSink;
import io.weir.schemas.ComponentStatus;
import java.io.Closeable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
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
    private boolean started;
    private boolean closed;

    private AgentCore(
            AgentConfig config, EventSource source, EventOutlet outlet, AgentParts parts, LongSupplier micros) {
        this.config = config;
        this.source = source;
        this.outlet = outlet;
        long delivered = parts.spool().nextSequence() - 1 - parts.spool().depth();
        Acknowledged acknowledged = new Acknowledged(delivered, this::delivered);
        this.delivery = new Delivery(
                config.id(),
                parts.store(),
                outlet,
                acknowledged,
                this::componentStatus,
                delivered,
                parts.spool().nextSequence() - 1);
        this.journal = new Journal(parts, delivery, acknowledged, micros, config.spoolBytes());
        this.housekeeping = new Housekeeping(config.id(), journal, parts.marks());
        this.report = new StatusReport(
                config, source.volumes(), parts, journal, delivery, acknowledged, outlet, micros.getAsLong());
    }

    /**
     * Opens the store and makes the marks directories of the source's volumes. Nothing runs until {@link #start}. The core
     * closes source and outlet when it is closed. Names of accounts are those of the host.
     *
     * @throws io.weir.agent.baseline.StoreException if the data directory cannot be used, or another agent uses it
     */
    public static AgentCore open(AgentConfig config, EventSource source, EventOutlet outlet) {
        return open(config, source, outlet, new HostAccounts());
    }

    /** The same, with names of accounts from elsewhere. */
    public static AgentCore open(AgentConfig config, EventSource source, EventOutlet outlet, AccountNames accounts) {
        return open(config, source, outlet, accounts, AttemptLiveness.byLock(), AgentCore::now);
    }

    static AgentCore open(
            AgentConfig config,
            EventSource source,
            EventOutlet outlet,
            AccountNames accounts,
            AttemptLiveness liveness,
            LongSupplier micros) {
        AgentParts parts = AgentParts.assemble(config, source, accounts, liveness, micros.getAsLong());
        return new AgentCore(config, source, outlet, parts, micros);
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Starts delivery and the source; returns when the source's initial scan is over. */
    public void start() {
        started = true;
        delivery.start();
        housekeeping.start();
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

    /** How the agent is now. */
    public AgentStatus status() {
        return report.status();
    }

    private ComponentStatus componentStatus() {
        return report.component();
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
            if (started) {
                finish();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            report.stopped();
            outlet.close();
            journal.close();
        }
    }

    private void finish() throws InterruptedException {
        housekeeping.stop();
        if (journal.failure().isEmpty()) {
            journal.transact(intake -> intake.publishPending(System.nanoTime()));
        }
        delivery.awaitDelivered(config.closeTimeout().toNanos());
        report.stopped();
        delivery.stop();
    }
}
