package io.weir.agent;

import io.weir.agent.intake.Draft;
import io.weir.agent.intake.EventType;
import io.weir.agent.intake.Outbox;
import io.weir.agent.source.AccountNames;
import io.weir.agent.spool.Spool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Gives events their ids and puts them into the spool. Collects what is to be handed over after the commit. */
final class EventWriter implements Outbox {
    private final AgentConfig config;
    private final Spool spool;
    private final FileEvents events;
    private final LongAdder foreign = new LongAdder();
    private final LongAdder own = new LongAdder();
    private final Map<String, LongAdder> types = new ConcurrentHashMap<>();
    private List<SpooledEvent> batch = new ArrayList<>();

    EventWriter(AgentConfig config, Spool spool, AccountNames accounts) {
        this.config = config;
        this.spool = spool;
        this.events = new FileEvents(config.id(), config.host(), accounts);
    }

    @Override
    public boolean publish(Draft draft) {
        if (!isAsked(draft.type())) {
            return false;
        }
        SpooledEvent event = new SpooledEvent(events.of(draft, spool.epoch(), spool.takeSequence()), draft.causation());
        spool.append(event);
        batch.add(event);
        (draft.causation().isPresent() ? own : foreign).increment();
        types.computeIfAbsent(draft.type(), type -> new LongAdder()).increment();
        return true;
    }

    /** Takes what was published since the last time. */
    List<SpooledEvent> takeBatch() {
        List<SpooledEvent> taken = batch;
        batch = new ArrayList<>();
        return taken;
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    long foreignEvents() {
        return foreign.sum();
    }

    long ownEvents() {
        return own.sum();
    }

    /** How many of each type; they add up to the foreign and the own ones. */
    Map<String, Long> types() {
        Map<String, Long> sums = new HashMap<>();
        types.forEach((type, adder) -> sums.put(type, adder.sum()));
        return sums;
    }

    private boolean isAsked(String type) {
        if (type.equals(EventType.GAP)) {
            return true;
        }
        return config.activities()
                .contains(EventType.isAccess(type) ? AgentConfig.Activity.READ : AgentConfig.Activity.WRITE);
    }
}
