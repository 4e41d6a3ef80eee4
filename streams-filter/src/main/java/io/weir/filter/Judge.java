package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.rules.Rule;
import io.weir.schemas.RulesInForce;
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
    private final EventBytes event = new EventBytes();
    private final List<Rule> matches = new ArrayList<>();
    private final Consumer<Rule> collect = matches::add;

    /**
     * @param rules asked once for each event
     * @param store what is known of the partition
     * @param settings what else judging depends on
     * @param figures counted into
     */
    public Judge(Supplier<ActiveRules> rules, JudgeStore store, JudgeSettings settings, FilterFigures figures) {
        this.rules = rules;
        this.store = store;
        this.layouts = new EventLayouts(settings.schemas());
        this.conclusion = new Conclusion(settings, figures);
        this.figures = figures;
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
        return counts() ? judge(entry, partition, offset) : List.of();
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
            return false;
        }
        return true;
    }

    private List<Output> judge(Entry entry, int partition, long offset) {
        ActiveRules active = rules.get();
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
        active.matcher().match(event, collect);
        boolean caused = Causation.isPresent(entry.headers());
        boolean first = store.rulesOffset() != active.offset();
        if (matches.isEmpty() && !caused && !first) {
            return List.of();
        }
        List<Output> outputs = new ArrayList<>();
        if (first) {
            outputs.add(inForce(active, partition, offset));
        }
        if (caused || !matches.isEmpty()) {
            Optional<Causation> causation = caused ? Causation.read(entry.headers()) : Optional.empty();
            conclusion.conclude(
                    new Conclusion.Case(entry, event, partition, offset, active.offset(), causation), matches, outputs);
        }
        if (first) {
            store.rulesOffset(active.offset());
        }
        return outputs;
    }

    private static Output inForce(ActiveRules active, int partition, long offset) {
        byte[] key = (partition + ":" + offset).getBytes(UTF_8);
        RulesInForce record = new RulesInForce(
                partition, offset, active.offset(), active.set().hash());
        return new Output.InForce(Topics.RULES_IN_FORCE, key, record, new RecordHeaders());
    }

    private static Output deadEvent(Entry entry, int partition, long offset, String cause, RuntimeException e) {
        Headers headers = new RecordHeaders(entry.headers().toArray());
        String detail = e instanceof UndecodableException ? String.valueOf(e.getMessage()) : e.toString();
        new DeadLetter(COMPONENT, cause, detail, Topics.FILE_EVENTS, partition, offset).write(headers);
        return new Output.DeadEvent(Topics.DEAD_LETTERS, entry.key(), entry.value(), headers);
    }
}
