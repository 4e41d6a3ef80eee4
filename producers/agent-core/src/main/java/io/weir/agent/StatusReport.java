package io.weir.agent;

import io.weir.agent.intake.Outcome;
import io.weir.schemas.ComponentStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells how the agent is. All threads; takes no lock that the agent's work holds. */
final class StatusReport {
    private final AgentConfig config;
    private final List<String> volumes;
    private final AgentParts parts;
    private final Journal journal;
    private final Delivery delivery;
    private final Acknowledged acknowledged;
    private final EventOutlet outlet;
    private final Instant startedAt;
    private volatile String phase = "starting";

    StatusReport(
            AgentConfig config,
            List<String> volumes,
            AgentParts parts,
            Journal journal,
            Delivery delivery,
            Acknowledged acknowledged,
            EventOutlet outlet,
            long startedMicros) {
        this.config = config;
        this.volumes = List.copyOf(volumes);
        this.parts = parts;
        this.journal = journal;
        this.delivery = delivery;
        this.acknowledged = acknowledged;
        this.outlet = outlet;
        this.startedAt = Instant.EPOCH.plus(startedMicros, ChronoUnit.MICROS);
    }

    void running() {
        phase = "running";
    }

    void stopped() {
        phase = "stopped";
    }

    AgentStatus status() {
        Optional<String> cause = phase.equals("stopped") ? Optional.empty() : cause();
        List<String> gaps = parts.intake().openGaps();
        return new AgentStatus(cause.isPresent() ? "degraded" : phase, cause, figures(), gaps);
    }

    private Optional<String> cause() {
        if (journal.failure().isPresent()) {
            return journal.failure()
                    .map(e -> "the store cannot be used: " + e.getMessage()
                            + "; free or mend the disk of the data directory, and restart the agent");
        }
        if (delivery.failure().isPresent()) {
            return delivery.failure().map(e -> "delivery has stopped: " + e + "; restart the agent");
        }
        if (journal.fullSince() != 0) {
            return Optional.of("the spool is full: " + journal.spoolBytes() + " bytes, limit " + config.spoolBytes()
                    + outlet.fault().map(f -> "; " + f).orElse(""));
        }
        return outlet.fault();
    }

    private Map<String, Long> figures() {
        Map<String, Long> figures = new HashMap<>();
        figures.put("changes-read", parts.intake().changes());
        for (Outcome outcome : Outcome.values()) {
            figures.put(outcome.figure(), parts.intake().count(outcome));
        }
        long published = parts.intake().count(Outcome.PUBLISHED);
        long foreign = parts.writer().foreignEvents();
        long own = parts.writer().ownEvents();
        figures.put("events-published", foreign + own);
        figures.put("events-foreign", foreign);
        figures.put("events-own", own);
        figures.put("events-derived", foreign + own - published);
        figures.put("events-delivered", acknowledged.count());
        figures.put("spool-events", journal.spoolDepth());
        figures.put("spool-bytes", journal.spoolBytes());
        figures.put("delivered-through", acknowledged.through());
        return figures;
    }

    ComponentStatus component() {
        AgentStatus status = status();
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < status.gaps().size(); i++) {
            texts.put("gap-" + (i + 1), status.gaps().get(i));
        }
        return ComponentStatus.newBuilder()
                .setKind("agent")
                .setId(config.id())
                .setVersion(config.version())
                .setHost(config.host())
                .setStartedAt(startedAt)
                .setReportedAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setState(status.state())
                .setCause(status.cause().orElse(null))
                .setVolumes(volumes)
                .setFigures(status.figures())
                .setTexts(texts)
                .build();
    }
}
