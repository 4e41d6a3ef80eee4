package io.weir.filter;

import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.trigger.Quiet;
import io.weir.schemas.Position;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Judges the events of one partition, in their order. A plain class: what it is fed and what its store says decide what
 * comes out, so that replay and audit reach the same decisions. Not safe for several threads.
 */
public final class Judge {
    private static final String COMPONENT = "filter";

    private final Supplier<ActiveRules> rules;
    private final JudgeStore store;
    private final EventLayouts layouts;
    private final Conclusion conclusion;
    private final FilterFigures figures;
    private final Waiting waiting;
    private final Breakers breakers;
    private final EventBytes event = new EventBytes();
    private final EventBytes earlier = new EventBytes();
    private final List<Rule> matches = new ArrayList<>();
    private final List<Rule> armed = new ArrayList<>();
    private final Consumer<Rule> collect = matches::add;
    private final Supplier<RegisteredVolumes> allVolumes;
    private RegisteredVolumes volumes = RegisteredVolumes.NONE;

    /**
     * @param rules asked once for each record
     * @param store what is known of the partition
     * @param log keeps the events that rules wait with, and how often they fired
     * @param settings what else judging depends on
     * @param figures counted into
     */
    public Judge(
            Supplier<ActiveRules> rules,
            JudgeStore store,
            StateLog log,
            JudgeSettings settings,
            FilterFigures figures) {
        this.rules = rules;
        this.store = store;
        this.waiting = new Waiting(log.part("w:"));
        this.breakers = new Breakers(log.part("b:"));
        this.layouts = new EventLayouts(settings.schemas());
        this.conclusion = new Conclusion(settings, breakers, figures);
        this.figures = figures;
        this.allVolumes = settings.volumes();
    }

    /**
     * Whether something waits for the next record although none may come: a rule that waits for time to pass, or the end of
     * a suspension by other rules. Then ticks have to be written.
     */
    public boolean isWaiting() {
        return !waiting.isEmpty() || endsSuspensions(rules.get());
    }

    private boolean endsSuspensions(ActiveRules active) {
        return breakers.hasTripped() && store.rulesOffset() != active.offset();
    }

    /**
     * Judges one record.
     *
     * @return what to write, in this order; empty for most events
     * @throws io.weir.schemas.registry.RegistryException if the event's schema is new and the registry cannot be asked; the
     *     record has not been judged, and nothing was noted of it
     */
    public List<Output> on(Entry entry, int partition, long offset) {
        figures.read.increment();
        ActiveRules active = rules.get();
        volumes = allVolumes.get();
        boolean ends = endsSuspensions(active);
        if (!ends && !waiting.isDue(entry.timestamp())) {
            return event(active, entry, partition, offset);
        }
        List<Output> outputs = new ArrayList<>();
        if (ends) {
            takeOver(active, partition, offset, outputs);
            breakers.end(active.set()).forEach(path -> outputs.add(Output.Status.over(path)));
        }
        if (waiting.isDue(entry.timestamp())) {
            takeEffect(active, entry.timestamp(), partition, offset, outputs);
        }
        outputs.addAll(event(active, entry, partition, offset));
        return outputs;
    }

    private List<Output> event(ActiveRules active, Entry entry, int partition, long offset) {
        byte[] value = entry.value();
        try {
            if (value == null) {
                throw new UndecodableException("the value is null; expected a FileEvent");
            }
            event.read(layouts.current(value));
        } catch (UndecodableException e) {
            figures.undecodable.increment();
            return List.of(deadEvent(entry, partition, offset, "undecodable event", e));
        }
        if (event.isReset()) {
            return reset(entry);
        }
        if (!counts()) {
            return List.of();
        }
        if (!isNew(active)) {
            return judgeOrDeadLetter(active, entry, partition, offset);
        }
        List<Output> outputs = new ArrayList<>();
        takeOver(active, partition, offset, outputs);
        outputs.addAll(judgeOrDeadLetter(active, entry, partition, offset));
        return outputs;
    }

    private List<Output> reset(Entry entry) {
        figures.resets.increment();
        return BreakerReset.read(entry.headers(), event.volume(), event.path())
                .map(BreakerReset::target)
                .filter(breakers::reset)
                .map(target -> List.<Output>of(Output.Status.over(target)))
                .orElseGet(List::of);
    }

    /** Whether it is an event to judge; notes its number. */
    private boolean counts() {
        if (event.isTick()) {
            figures.ticks.increment();
            return false;
        }
        if (!event.advance(store)) {
            figures.resent.increment();
            return false;
        }
        if (event.isSourceHalf()) {
            figures.halves.increment();
            String from = waiting.isEmpty() ? null : event.previousPath();
            if (from != null) {
                waiting.left(event.volume(), from);
            }
            return false;
        }
        return true;
    }

    private List<Output> judgeOrDeadLetter(ActiveRules active, Entry entry, int partition, long offset) {
        try {
            return judge(active, entry, partition, offset);
        } catch (RuntimeException e) {
            figures.failed.increment();
            String cause = "judging failed under rules offset " + active.offset();
            return List.of(deadEvent(entry, partition, offset, cause, e));
        }
    }

    private List<Output> judge(ActiveRules active, Entry entry, int partition, long offset) {
        matches.clear();
        armed.clear();
        active.matcher().match(event, collect);
        boolean caused = Causation.isPresent(entry.headers());
        if (matches.isEmpty() && !caused && waiting.isEmpty()) {
            return List.of();
        }
        List<Output> outputs = new ArrayList<>();
        if (caused || !matches.isEmpty()) {
            Optional<Causation> causation = caused ? Causation.read(entry.headers()) : Optional.empty();
            Conclusion.Case now = new Conclusion.Case(
                    entry.key(),
                    entry.timestamp(),
                    event,
                    partition,
                    offset,
                    active.offset(),
                    volumes,
                    causation,
                    Optional.empty());
            conclusion.conclude(now, matches, rule -> later(rule, now, entry, outputs), outputs);
        }
        waiting.happened(event, entry, matches, armed, caused, active.set()::find);
        return outputs;
    }

    /** The event satisfied a rule that wants more. */
    private void later(Rule rule, Conclusion.Case c, Entry entry, List<Output> outputs) {
        if (rule.trigger() instanceof Quiet) {
            waiting.arm(rule, event, entry, c.offset());
            armed.add(rule);
        } else {
            outputs.add(Contributions.of(rule, event, c));
        }
    }

    /** Rules that have waited long enough take effect, if they are in force still: that too is for the rules to say. */
    private void takeEffect(ActiveRules active, long now, int partition, long offset, List<Output> outputs) {
        takeOver(active, partition, offset, outputs);
        for (Waiter waiter : waiting.takeDue(now)) {
            Optional<Rule> rule = active.set()
                    .find(waiter.rule())
                    .filter(r -> r.mode() != Mode.OFF && r.conditionHash().equals(waiter.conditionHash()));
            byte[] value = waiter.entry().value();
            if (rule.isEmpty() || value == null) {
                continue;
            }
            earlier.read(layouts.current(value));
            Conclusion.Case late = new Conclusion.Case(
                    waiter.entry().key(),
                    waiter.due(),
                    earlier,
                    partition,
                    waiter.offset(),
                    active.offset(),
                    volumes,
                    Causation.read(waiter.entry().headers()),
                    Optional.of(new Position(Topics.FILE_EVENTS, partition, offset)));
            conclusion.concludeLate(late, rule.get(), outputs);
        }
    }

    private boolean isNew(ActiveRules active) {
        return store.rulesOffset() != active.offset() || store.volumesOffset() != volumes.offset();
    }

    /** From here on these rules judge, if they did not before, whatever comes of it. */
    private void takeOver(ActiveRules active, int partition, long offset, List<Output> outputs) {
        if (isNew(active)) {
            outputs.add(Output.InForce.of(active, volumes, Topics.FILE_EVENTS, partition, offset));
            store.inForce(active.offset(), volumes.offset());
        }
    }

    private static Output deadEvent(Entry entry, int partition, long offset, String cause, RuntimeException e) {
        Headers headers = new RecordHeaders(entry.headers().toArray());
        String detail = e instanceof UndecodableException ? String.valueOf(e.getMessage()) : e.toString();
        new DeadLetter(COMPONENT, cause, detail, Topics.FILE_EVENTS, partition, offset).write(headers);
        return new Output.DeadEvent(Topics.DEAD_LETTERS, entry.key(), entry.value(), headers);
    }
}
