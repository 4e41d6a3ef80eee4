package io.weir.agent.stream;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.Outbox;
import io.weir.agent.marks.CausationJudge;
import io.weir.agent.marks.Subject;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Publishes what comparisons show, explained by the marks of what actions did meanwhile. For one thread. */
final class Reconstructed {
    private final CausationJudge judge;
    private final Outbox outbox;

    Reconstructed(CausationJudge judge, Outbox outbox) {
        this.judge = judge;
        this.outbox = outbox;
    }

    void created(long observedAt, Side now) {
        publish(observedAt, EventType.CREATED, now, judge.explainArrival(subject(now)));
    }

    void moved(long observedAt, Place from, Side now) {
        Subject file = subject(now);
        Optional<Causation> own = judge.explainMove(from, file);
        if (own.isEmpty()) {
            judge.foreignMove(file);
        }
        outbox.publish(Draft.moved(observedAt, from, now.place(), now.stat(), true, own));
    }

    /**
     * Content or attributes have changed.
     *
     * @param types of events
     * @param known the state before; null if not known
     */
    void changed(long observedAt, List<String> types, @Nullable FileStat known, Side now) {
        for (String type : types) {
            publish(observedAt, type, now, explanation(type, subject(now), known, now));
        }
    }

    private Optional<Causation> explanation(String type, Subject file, @Nullable FileStat known, Side now) {
        return switch (type) {
            case EventType.OWNER_CHANGED, EventType.GROUP_CHANGED, EventType.ACL_CHANGED ->
                known == null ? Optional.empty() : judge.explainAttributes(file, known, now.stat());
            default -> judge.explainContent(file);
        };
    }

    /** @param last as it was last read; null if it was not */
    void deleted(long observedAt, Place place, FileIdentity file, @Nullable FileStat last) {
        Optional<Causation> own = judge.explainDeparture(new Subject(place, 0, file.fileId()), last, false);
        outbox.publish(Draft.reconstructed(observedAt, EventType.DELETED, place, last, own)
                .of(file.fileId()));
    }

    private void publish(long observedAt, String type, Side now, Optional<Causation> own) {
        outbox.publish(Draft.reconstructed(observedAt, type, now.place(), now.stat(), own));
    }

    private static Subject subject(Side side) {
        return new Subject(side.place(), 0, side.file().fileId());
    }
}
