package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.trigger.Burst;
import io.weir.rules.trigger.Together;
import io.weir.rules.trigger.Trigger;
import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;

/**
 * Counts what events contribute to rules, for one partition of {@code weir.aggregates}, in its order. A plain class, as
 * {@link Judge} is, and like it the same for the same records. Not safe for several threads.
 */
public final class AggregateJudge {
    private final Supplier<ActiveRules> rules;
    private final JudgeStore store;
    private final Windows windows;
    private final Breakers breakers;
    private final Conclusion conclusion;
    private final FilterFigures figures;
    private final Supplier<RegisteredVolumes> allVolumes;
    private RegisteredVolumes volumes = RegisteredVolumes.NONE;

    /**
     * @param rules asked once for each record
     * @param store which rule set judged last is known by it
     * @param log keeps what was counted, and how often rules fired
     * @param settings what else judging depends on
     * @param figures counted into
     */
    public AggregateJudge(
            Supplier<ActiveRules> rules,
            JudgeStore store,
            StateLog log,
            JudgeSettings settings,
            FilterFigures figures) {
        this.rules = rules;
        this.store = store;
        this.windows = new Windows(log.part("w:"));
        this.breakers = new Breakers(log.part("b:"));
        this.conclusion = new Conclusion(settings, breakers, figures);
        this.figures = figures;
        this.allVolumes = settings.volumes();
    }

    /** Whether other rules end a suspension with the next record although none may come; see {@link Judge#isWaiting}. */
    public boolean isWaiting() {
        return breakers.hasTripped() && store.rulesOffset() != rules.get().offset();
    }

    /**
     * Counts one contribution.
     *
     * @param logTime of the record, milliseconds since 1970
     * @return what to write, in this order
     */
    public List<Output> on(Contribution contribution, Headers headers, long logTime, int partition, long offset) {
        ActiveRules active = rules.get();
        volumes = allVolumes.get();
        List<Output> outputs = new ArrayList<>();
        boolean otherRules = store.rulesOffset() != active.offset();
        if (otherRules || store.volumesOffset() != volumes.offset()) {
            outputs.add(Output.InForce.of(active, volumes, Topics.AGGREGATES, partition, offset));
            store.inForce(active.offset(), volumes.offset());
        }
        if (otherRules) {
            breakers.end(active.set()).forEach(path -> outputs.add(Output.Status.over(path)));
        }
        Optional<BreakerReset> reset = BreakerReset.read(contribution);
        if (reset.isPresent()) {
            reset.map(BreakerReset::target)
                    .filter(breakers::reset)
                    .ifPresent(target -> outputs.add(Output.Status.over(target)));
        } else if (!contribution.getEvent().getType().equals("tick")) {
            count(contribution, headers, logTime, active, new Position(Topics.AGGREGATES, partition, offset), outputs);
        }
        return outputs;
    }

    private void count(
            Contribution contribution,
            Headers headers,
            long logTime,
            ActiveRules active,
            Position here,
            List<Output> outputs) {
        figures.contributions.increment();
        Optional<Rule> rule = active.set()
                .find(contribution.getRule())
                .filter(r -> r.mode() != Mode.OFF && r.conditionHash().equals(contribution.getConditionHash()));
        if (rule.isPresent() && isFull(rule.get().trigger(), contribution, logTime)) {
            conclusion.concludeLate(caseOf(contribution, headers, logTime, active, here), rule.get(), outputs);
        }
    }

    private boolean isFull(Trigger trigger, Contribution c, long logTime) {
        FileEvent event = c.getEvent();
        String key = c.getRule() + '\n' + c.getConditionHash() + '\n' + c.getGroup();
        String value = c.getDistinct() == null ? Judged.of(event).id() : c.getDistinct();
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, event.getObservedAt());
        if (trigger instanceof Burst burst) {
            return windows.add(key, value, micros, micros(burst.within()), burst.count(), false, logTime);
        }
        if (trigger instanceof Together together) {
            int count = together.paths().size();
            return windows.add(key, value, micros, micros(together.within()), count, true, logTime);
        }
        return false;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private Conclusion.Case caseOf(Contribution c, Headers headers, long logTime, ActiveRules active, Position here) {
        FileEvent event = c.getEvent();
        return new Conclusion.Case(
                Keys.fileEvent(event.getVolume(), event.getPath()).getBytes(UTF_8),
                logTime,
                Judged.of(event),
                c.getEventPartition(),
                c.getEventOffset(),
                active.offset(),
                volumes,
                cause(c, headers),
                Optional.of(here));
    }

    /** What caused the event: its contribution has the same chain and depth, and the event itself for its cause. */
    private static Optional<Causation> cause(Contribution c, Headers headers) {
        String id = c.getCausationId();
        return id == null
                ? Optional.empty()
                : Causation.read(headers)
                        .map(own -> new Causation(
                                id, own.correlationId(), own.depth(), Causation.Evidence.of(c.getCausationEvidence())));
    }
}
