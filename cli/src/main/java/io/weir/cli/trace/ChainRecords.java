package io.weir.cli.trace;

import io.weir.cli.search.FoundRecord;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of one chain by what they are about, and which event or action is the cause of which, as far as any record
 * tells: what is not there itself is often known from what followed.
 */
final class ChainRecords {
    /** In the order of the log's time; where that is the same, in an order that does not depend on how they came. */
    static final Comparator<FoundRecord> ORDER = Comparator.comparing(FoundRecord::time)
            .thenComparingInt(record -> rank(record.topic()))
            .thenComparing(FoundRecord::topic)
            .thenComparingInt(FoundRecord::partition)
            .thenComparingLong(FoundRecord::offset);

    private final Map<String, List<FoundRecord>> events = new LinkedHashMap<>();
    private final Map<String, List<FoundRecord>> aboutEvents = new LinkedHashMap<>();
    private final Map<String, List<FoundRecord>> aboutActions = new LinkedHashMap<>();
    private final Map<String, FoundRecord> requests = new HashMap<>();
    private final Map<String, String> listings = new HashMap<>();
    private final Map<String, String> actionOfEvent = new LinkedHashMap<>();
    private final Map<String, String> eventOfAction = new LinkedHashMap<>();
    private final Map<String, List<String>> eventsOfAction = new HashMap<>();
    private final Map<String, List<String>> actionsOfEvent = new HashMap<>();
    private final List<FoundRecord> others = new ArrayList<>();

    ChainRecords(Collection<FoundRecord> records) {
        records.stream().sorted(ORDER).forEach(this::add);
        actionOfEvent.forEach((event, action) ->
                eventsOfAction.computeIfAbsent(action, a -> new ArrayList<>()).add(event));
        eventOfAction.forEach((action, event) ->
                actionsOfEvent.computeIfAbsent(event, e -> new ArrayList<>()).add(action));
    }

    private static int rank(String topic) {
        return switch (topic) {
            case Topics.FILE_EVENTS -> 4;
            case Topics.DECISIONS -> 0;
            case Topics.AGGREGATES -> 1;
            case Topics.ACTION_RESULTS -> 3;
            case Topics.DEAD_LETTERS -> 5;
            default -> 2;
        };
    }

    private void add(FoundRecord record) {
        Object value = record.value().orElse(null);
        if (record.topic().equals(Topics.DEAD_LETTERS)) {
            dead(record, value);
        } else if (value instanceof FileEvent event) {
            String id = EventId.of(event).toString();
            put(events, id, record);
            record.causation().ifPresent(cause -> actionOfEvent.putIfAbsent(id, cause.causationId()));
        } else if (value instanceof Decision decision) {
            decision(record, decision);
        } else if (value instanceof Contribution contribution) {
            String id = EventId.of(contribution.getEvent()).toString();
            put(aboutEvents, id, record);
            caused(id, contribution.getCausationId());
        } else if (value instanceof ActionRequest request) {
            requests.putIfAbsent(request.getId(), record);
            eventOfAction.putIfAbsent(
                    request.getId(), EventId.of(request.getEvent()).toString());
        } else if (value instanceof ActionResult result) {
            put(aboutActions, result.getActionId(), record);
            eventOfAction.putIfAbsent(result.getActionId(), result.getEventId());
        } else {
            others.add(record);
        }
    }

    private void decision(FoundRecord record, Decision decision) {
        put(aboutEvents, decision.getEventId(), record);
        caused(decision.getEventId(), decision.getCausationId());
        for (RuleDecision rule : decision.getRules()) {
            for (String action : rule.getActionIds()) {
                listings.putIfAbsent(action, record.place());
                eventOfAction.putIfAbsent(action, decision.getEventId());
            }
        }
    }

    private void dead(FoundRecord record, @Nullable Object value) {
        if (value instanceof ActionRequest request) {
            put(aboutActions, request.getId(), record);
            eventOfAction.putIfAbsent(
                    request.getId(), EventId.of(request.getEvent()).toString());
        } else if (value instanceof FileEvent event) {
            put(aboutEvents, EventId.of(event).toString(), record);
        } else if (value instanceof Contribution contribution) {
            put(aboutEvents, EventId.of(contribution.getEvent()).toString(), record);
        } else {
            others.add(record);
        }
    }

    private void caused(String event, @Nullable String action) {
        if (action != null) {
            actionOfEvent.putIfAbsent(event, action);
        }
    }

    private static void put(Map<String, List<FoundRecord>> map, String key, FoundRecord record) {
        map.computeIfAbsent(key, k -> new ArrayList<>()).add(record);
    }

    /** The records of an event: itself, the other half of a move, and both again. */
    List<FoundRecord> event(String id) {
        return events.getOrDefault(id, List.of());
    }

    /** Decisions, contributions and dead letters. */
    List<FoundRecord> aboutEvent(String id) {
        return aboutEvents.getOrDefault(id, List.of());
    }

    /** Results and dead letters. */
    List<FoundRecord> aboutAction(String id) {
        return aboutActions.getOrDefault(id, List.of());
    }

    @Nullable
    FoundRecord request(String action) {
        return requests.get(action);
    }

    /** Whether this decision is the one that an action is listed by. */
    boolean isListedBy(FoundRecord decision, String action) {
        return decision.place().equals(listings.get(action));
    }

    /** Whether any decision lists an action. */
    boolean isListed(String action) {
        return listings.containsKey(action);
    }

    /** Ids of the actions that an event led to. */
    List<String> actionsOf(String event) {
        return actionsOfEvent.getOrDefault(event, List.of());
    }

    /** Ids of the events that an action caused. */
    List<String> eventsOf(String action) {
        return eventsOfAction.getOrDefault(action, List.of());
    }

    /** Ids of events of which no record tells what caused them, but for the first of the chain. */
    List<String> eventsWithoutCause(String first) {
        Set<String> ids = new LinkedHashSet<>(events.keySet());
        ids.addAll(aboutEvents.keySet());
        ids.addAll(eventOfAction.values());
        ids.removeAll(actionOfEvent.keySet());
        ids.remove(first);
        return List.copyOf(ids);
    }

    /** Ids of actions of which no record tells which event led to them. */
    List<String> actionsWithoutEvent() {
        Set<String> ids = new LinkedHashSet<>(actionOfEvent.values());
        ids.removeAll(eventOfAction.keySet());
        return List.copyOf(ids);
    }

    /** Records of unknown kinds whose cause this is, by their headers. */
    List<FoundRecord> othersOf(String id) {
        return others.stream().filter(other -> cause(other).equals(id)).toList();
    }

    /** Records of unknown kinds whose cause is not among these records. */
    List<FoundRecord> othersWithoutCause() {
        return others.stream().filter(other -> !isKnown(cause(other))).toList();
    }

    private boolean isKnown(String id) {
        return events.containsKey(id)
                || aboutEvents.containsKey(id)
                || aboutActions.containsKey(id)
                || eventOfAction.containsKey(id)
                || actionsOfEvent.containsKey(id)
                || eventsOfAction.containsKey(id);
    }

    private static String cause(FoundRecord record) {
        return record.causation().map(Causation::causationId).orElse("");
    }
}
