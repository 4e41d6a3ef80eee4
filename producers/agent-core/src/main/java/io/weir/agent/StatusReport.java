package io.weir.agent;

import io.weir.agent.claim.NotOfRecordException;
import io.weir.agent.claim.Standing;
import io.weir.agent.intake.GapSpan;
import io.weir.agent.source.EventSource;
import io.weir.posix.PathText;
import io.weir.schemas.AgentClaim;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.CoverageGap;
import io.weir.schemas.topic.ComponentTexts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells how the agent is. All threads; takes no lock that the agent's work holds. */
final class StatusReport {
    private final AgentConfig config;
    private final EventSource source;
    private final AgentParts parts;
    private final Standing standing;
    private final Journal journal;
    private final Delivery delivery;
    private final EventOutlet outlet;
    private final Figures figures;
    private final Instant startedAt;
    private volatile String phase = "starting";

    StatusReport(
            AgentConfig config,
            EventSource source,
            AgentParts parts,
            Standing standing,
            Journal journal,
            Delivery delivery,
            EventOutlet outlet,
            Figures figures,
            LongSupplier micros) {
        this.config = config;
        this.source = source;
        this.parts = parts;
        this.standing = standing;
        this.journal = journal;
        this.delivery = delivery;
        this.outlet = outlet;
        this.figures = figures;
        this.startedAt = instant(micros.getAsLong());
    }

    void running() {
        phase = "running";
    }

    void stopped() {
        phase = "stopped";
    }

    AgentStatus status() {
        Optional<String> cause = phase.equals("stopped") ? Optional.empty() : cause();
        return new AgentStatus(
                state(cause.isPresent()),
                cause,
                figures.now(),
                parts.intake().coverage().stream()
                        .filter(GapSpan::lasts)
                        .map(GapSpan::text)
                        .toList());
    }

    private String state(boolean degraded) {
        return standing.isStandby() && phase.equals("starting") ? "standby" : degraded ? "degraded" : phase;
    }

    private Optional<String> cause() {
        if (source.failure().isPresent()) {
            return source.failure();
        }
        if (journal.failure().isPresent()) {
            return journal.failure()
                    .map(e -> "the store cannot be used: " + e.getMessage()
                            + "; free or mend the disk of the data directory, and restart the agent");
        }
        if (delivery.failure().isPresent()) {
            return delivery.failure()
                    .map(e -> e instanceof NotOfRecordException
                            ? String.valueOf(e.getMessage())
                            : "delivery has stopped: " + e + "; restart the agent");
        }
        if (journal.fullSince() != 0) {
            return Optional.of("the spool is full: " + journal.tally().spoolBytes() + " bytes, limit "
                    + config.spoolBytes() + outlet.fault().map(f -> "; " + f).orElse(""));
        }
        return outlet.fault().or(standing::fault);
    }

    /** For the log of statuses, with the agent's claim if it has one. */
    ComponentStatus component(@Nullable AgentClaim claim) {
        AgentStatus status = status();
        return ComponentStatus.newBuilder()
                .setKind("agent")
                .setId(config.id())
                .setVersion(config.version())
                .setHost(config.host())
                .setStartedAt(startedAt)
                .setReportedAt(now())
                .setState(status.state())
                .setCause(status.cause().orElse(null))
                .setVolumes(source.volumes())
                .setFigures(status.figures())
                .setTexts(texts())
                .setClaim(claim)
                .setGaps(parts.intake().coverage().stream()
                        .map(StatusReport::gap)
                        .toList())
                .build();
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        texts.put("coverage", parts.intake().openGaps() == 0 ? "complete" : "unknown");
        if (!source.excludes().isEmpty()) {
            texts.put(ComponentTexts.EXCLUDED, String.join("\n", source.excludes()));
        }
        return texts;
    }

    private static CoverageGap gap(GapSpan span) {
        Long until = span.until();
        return new CoverageGap(
                span.place().volume(),
                PathText.display(span.place().path()),
                span.reason(),
                span.detail(),
                instant(span.since()),
                until == null ? now() : instant(until),
                span.lasts());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
