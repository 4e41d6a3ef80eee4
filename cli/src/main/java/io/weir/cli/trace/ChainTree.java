package io.weir.cli.trace;

import io.weir.cli.search.FoundRecord;
import io.weir.cli.trace.Entry.Missing;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Contribution;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RuleDecision;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a tree of the records of a chain, in whatever order they come: the same records give the same tree. */
final class ChainTree {
    private final ChainRecords records;
    private final Map<String, Counted> counted;
    private final String first;

    private ChainTree(String first, ChainRecords records, Map<String, Counted> counted) {
        this.first = first;
        this.records = records;
        this.counted = counted;
    }

    /**
     * Builds the tree.
     *
     * @param first id of the chain's first event, its correlation id
     * @param counted by the places of decisions, what rules that count concluded from
     */
    static ChainNode of(String first, Collection<FoundRecord> records, Map<String, Counted> counted) {
        return new ChainTree(first, new ChainRecords(records), counted).root();
    }

    private ChainNode root() {
        ChainNode own = event(first);
        List<ChainNode> children = new ArrayList<>(own.children());
        records.eventsWithoutCause(first).forEach(id -> children.add(event(id)));
        records.actionsWithoutEvent().forEach(id -> children.add(action(id)));
        records.othersWithoutCause().forEach(other -> children.add(leaf(unknown(other))));
        return new ChainNode(own.entry(), sorted(children));
    }

    private ChainNode event(String id) {
        List<ChainNode> children = new ArrayList<>();
        for (FoundRecord record : records.aboutEvent(id)) {
            Optional<Decision> decision = record.value(Decision.class);
            if (decision.isPresent()) {
                children.add(decision(record, decision.get()));
            } else {
                Optional<Contribution> contribution = record.value(Contribution.class)
                        .filter(c -> record.deadLetter().isEmpty());
                children.add(leaf(contribution
                        .<Entry>map(c -> new Entry.Contributed(record, c))
                        .orElseGet(() -> unknown(record))));
            }
        }
        List<FoundRecord> own = records.event(id);
        if (children.isEmpty() && !own.isEmpty()) {
            Missing.What what =
                    own.get(0).causation().isPresent() ? Missing.What.DECISION_TO_COME : Missing.What.DECISION;
            children.add(leaf(new Missing(what, id)));
        }
        records.actionsOf(id).stream()
                .filter(action -> !records.isListed(action))
                .forEach(action -> children.add(action(action)));
        records.othersOf(id).forEach(other -> children.add(leaf(unknown(other))));
        return new ChainNode(head(id), sorted(children));
    }

    private Entry head(String id) {
        List<FoundRecord> own = records.event(id);
        if (own.isEmpty()) {
            return new Missing(Missing.What.EVENT, id);
        }
        List<FoundRecord> again = new ArrayList<>(own);
        FoundRecord main = take(again, true).orElse(own.get(0));
        again.remove(main);
        Optional<FoundRecord> half = take(again, false);
        return new Entry.Event(id, main, main.value(FileEvent.class).orElseThrow(), half, again);
    }

    /** Takes the first record of the event itself, or of the half of a move under the old directory, out of a list. */
    private static Optional<FoundRecord> take(List<FoundRecord> from, boolean whole) {
        Optional<FoundRecord> found =
                from.stream().filter(record -> isWhole(record) == whole).findFirst();
        found.ifPresent(from::remove);
        return found;
    }

    private static boolean isWhole(FoundRecord record) {
        return record.value(FileEvent.class)
                .filter(event -> event.getHalf() == null)
                .isPresent();
    }

    private ChainNode decision(FoundRecord record, Decision decision) {
        List<ChainNode> children = new ArrayList<>();
        for (RuleDecision rule : decision.getRules()) {
            for (String action : rule.getActionIds()) {
                if (records.isListedBy(record, action)) {
                    children.add(action(action));
                }
            }
        }
        Entry entry = new Entry.Decision(record, decision, Optional.ofNullable(counted.get(record.place())));
        return new ChainNode(entry, sorted(children));
    }

    private ChainNode action(String id) {
        List<FoundRecord> about = new ArrayList<>(records.aboutAction(id));
        Entry head = request(id, about);
        boolean over = !about.isEmpty() || head instanceof Entry.Dead;
        List<ChainNode> children = new ArrayList<>();
        Set<Integer> attempts = new HashSet<>();
        boolean changed = false;
        for (FoundRecord record : about) {
            @Nullable ActionResult result = record.value(ActionResult.class).orElse(null);
            if (result == null) {
                children.add(leaf(unknown(record)));
            } else {
                children.add(leaf(new Entry.Result(record, result, !attempts.add(result.getAttempt()))));
                changed |= changes(result);
            }
        }
        List<String> events = records.eventsOf(id);
        events.forEach(event -> children.add(event(event)));
        records.othersOf(id).forEach(other -> children.add(leaf(unknown(other))));
        if (!over) {
            children.add(leaf(new Missing(Missing.What.RESULT, id)));
        } else if (changed && events.isEmpty()) {
            children.add(leaf(new Missing(Missing.What.EFFECT, id)));
        }
        return new ChainNode(head, sorted(children));
    }

    /** The request; if it never came to a worker's topic, the dead letter that it ended as, which is taken out of the list. */
    private Entry request(String id, List<FoundRecord> about) {
        FoundRecord request = records.request(id);
        if (request != null) {
            return new Entry.Request(request, request.value(ActionRequest.class).orElseThrow());
        }
        for (FoundRecord record : about) {
            if (record.topic().equals(Topics.DEAD_LETTERS)) {
                about.remove(record);
                return unknown(record);
            }
        }
        return new Missing(Missing.What.REQUEST, id);
    }

    /** Whether there has to be an event of it: a scope is where a program may have changed something. */
    private static boolean changes(ActionResult result) {
        return result.getOutcome().equals("done")
                && result.getEffects().stream()
                        .anyMatch(effect -> !effect.getKind().equals("scope"));
    }

    private static Entry unknown(FoundRecord record) {
        return record.deadLetter().isPresent()
                ? new Entry.Dead(record, record.deadLetter().get())
                : new Entry.Other(record);
    }

    private static ChainNode leaf(Entry entry) {
        return new ChainNode(entry, List.of());
    }

    private static List<ChainNode> sorted(List<ChainNode> nodes) {
        return nodes.stream()
                .sorted(Comparator.comparing(
                        node -> earliest(node).orElse(null), Comparator.nullsLast(ChainRecords.ORDER)))
                .toList();
    }

    /** Its record, or if that is missing the first one that followed. */
    private static Optional<FoundRecord> earliest(ChainNode node) {
        return node.entry().record().or(() -> node.children().stream()
                .flatMap(child -> earliest(child).stream())
                .min(ChainRecords.ORDER));
    }
}
