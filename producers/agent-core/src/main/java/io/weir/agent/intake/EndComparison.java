package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.ScopedEvent;
import io.weir.agent.marks.Subject;
import io.weir.agent.marks.SupposedDeparture;
import io.weir.agent.marks.Target;
import io.weir.agent.marks.UnseenMove;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation.Order;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Causation.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at an action's files when it is over: what fits neither its declaration nor what was known, others changed. */
final class EndComparison {
    /** @param declared where the action declared it to be */
    private record Reading(Entry entry, Place place, Place declared, FileStat now) {}

    /**
     * When it is compared.
     *
     * @param observedAt microseconds since 1970
     * @param readBehind see {@link Order}
     */
    record Time(long observedAt, long readBehind) {}

    private final Workbench bench;
    private final StateChanges states;
    private final Destinations destinations;

    EndComparison(Workbench bench, StateChanges states, Destinations destinations) {
        this.bench = bench;
        this.states = states;
        this.destinations = destinations;
    }

    /**
     * Compares all files, or none.
     *
     * @param ended number of the last event by which the action had ended, 0 if not known
     * @param last whether files that cannot be read are passed over
     * @return false if a file is not where the baseline has it, so that the stream is about to tell where it went
     */
    boolean compare(String action, long ended, boolean last, Time time) {
        long observedAt = time.observedAt();
        List<Reading> readings = new ArrayList<>();
        for (Map.Entry<Entry, Place> target :
                entries(bench.judge().windows().targets(action)).entrySet()) {
            Entry entry = target.getKey();
            Place place = bench.baseline().place(entry);
            Optional<FileStat> now = bench.stat().apply(place).filter(entry::isFile);
            if (now.isPresent()) {
                readings.add(new Reading(entry, place, target.getValue(), now.get()));
            } else if (!last) {
                return false;
            }
        }
        bench.judge().windows().unseenMoves(action).forEach(unseen -> movedBack(unseen, observedAt));
        readings.forEach(reading -> compare(action, ended, reading, time));
        bench.judge().windows().suppositions().unreported(action).forEach(event -> unreported(event, observedAt));
        bench.judge().windows().suppositions().unconfirmed(action).stream()
                .filter(departure -> !isKnownElsewhere(departure))
                .forEach(departure -> bench.publish(Draft.reconstructed(
                        observedAt, EventType.DELETED, departure.place(), departure.last(), Optional.empty())));
        return true;
    }

    /** Whether it has come into sight again, or is where actions moved it: that is told on its own. */
    private boolean isKnownElsewhere(SupposedDeparture departure) {
        FileStat last = departure.last();
        Place to = departure.to();
        if (last == null) {
            return false;
        }
        boolean known = last.linkCount() <= 1
                && bench.baseline().byFileId(last.fileId()).stream().anyMatch(e -> e.isFile(last));
        return known
                || (to != null
                        && Stream.concat(
                                        Stream.of(to),
                                        bench.judge().destinations(to, Subject.of(to, null, last)).stream())
                                .anyMatch(place -> isThere(last, place)));
    }

    private boolean isThere(FileStat file, Place place) {
        return bench.stat()
                .apply(place)
                .filter(now -> now.fileId().equals(file.fileId()) && now.btime() == file.btime())
                .isPresent();
    }

    /** In the scope of a program that says what it changed, and did not say this: somebody else did. */
    private void unreported(ScopedEvent event, long observedAt) {
        boolean left = event.type().equals(EventType.DELETED) || event.type().equals(EventType.MOVED_OUT);
        Optional<FileStat> now = bench.stat().apply(event.place());
        Optional<Entry> entry = bench.baseline().find(event.place()).filter(e -> now.filter(e::isFile)
                .isPresent());
        if (left && now.isEmpty()) {
            bench.publish(Draft.live(observedAt, event.type(), event.place(), null, Optional.empty()));
        } else if (!left && entry.isPresent()) {
            bench.baseline()
                    .save(entry.get()
                            .attributesShown(now.get())
                            .withContent(now.get())
                            .without(Flag.CONTENT_UNSHOWN));
            bench.publish(new Draft(
                    observedAt,
                    event.type(),
                    event.place(),
                    event.previous(),
                    now.get(),
                    false,
                    Optional.empty(),
                    null));
        }
    }

    /** The stream lost that the action moved a file. If it is where it was, it also lost that it was moved back, by whomever. */
    private void movedBack(UnseenMove unseen, long observedAt) {
        Place there = unseen.atBegin();
        Optional<Entry> entry = bench.baseline()
                .find(unseen.entry())
                .filter(e -> bench.baseline().place(e).equals(there));
        if (entry.isPresent() && destinations.isExpectedAndWentOn(entry.get(), there, observedAt)) {
            return;
        }
        Optional<FileStat> now = bench.stat().apply(there);
        if (entry.isPresent() && now.isPresent() && entry.get().isFile(now.get()) && !there.equals(unseen.to())) {
            Optional<Causation> own = Optional.of(unseen.causation().by(Evidence.END_COMPARISON));
            bench.publish(Draft.moved(observedAt, there, unseen.to(), now.get(), true, own));
            Optional<Causation> back =
                    bench.judge().explainMove(unseen.to(), Subject.of(there, entry.get(), now.get()));
            bench.publish(Draft.moved(observedAt, unseen.to(), there, now.get(), true, back));
        }
    }

    private void compare(String action, long ended, Reading reading, Time time) {
        Entry entry = reading.entry();
        FileStat now = reading.now();
        Subject subject = Subject.of(reading.place(), entry, now);
        Entry kept = entry.withAttributes(now).without(Flag.ATTRIBUTES_OWED);
        boolean toldSince = states.isToldSince(entry.id(), new Order(ended, 0));
        states.judged(entry.id());
        switch (bench.judge().compare(action, subject, reading.declared(), entry, now, toldSince)) {
            case AS_DECLARED -> bench.baseline().save(kept);
            case IN_SCOPE ->
                bench.baseline().save(kept.with(Flag.ATTRIBUTES_UNSHOWN)); // The next foreign event is news.
            case FOREIGN -> {
                bench.baseline().save(entry.attributesShown(now));
                states.told(entry.id(), new Order(0, time.readBehind()));
                bench.publish(Draft.live(
                        time.observedAt(), EventType.ATTRIBUTES_CHANGED, reading.place(), now, Optional.empty()));
            }
        }
    }

    /** The files, and where they were declared to be. */
    private Map<Entry, Place> entries(Set<Target> targets) {
        Map<Entry, Place> entries = new LinkedHashMap<>();
        for (Target target : targets) {
            find(target).ifPresent(entry -> {
                entries.put(entry, target.place());
                if (target.subtree()) {
                    addBelow(entry, target.place(), entries);
                }
            });
        }
        return entries;
    }

    private Optional<Entry> find(Target target) {
        Optional<Entry> begun = bench.baseline().find(target.entry());
        if (begun.isPresent() && fits(begun.get(), target.fileId())) {
            return begun;
        }
        if (!target.fileId().isEmpty()) {
            return bench.baseline().byFileId(target.fileId()).stream().findFirst();
        }
        return bench.baseline().find(target.place());
    }

    private static boolean fits(Entry entry, @Nullable String fileId) {
        FileStat known = entry.known();
        return fileId == null
                || fileId.isEmpty()
                || (known != null && known.fileId().equals(fileId));
    }

    private void addBelow(Entry directory, Place place, Map<Entry, Place> entries) {
        for (Entry child : bench.baseline().children(directory.id())) {
            Place below = place.child(child.name());
            entries.put(child, below);
            if (child.isDirectory()) {
                addBelow(child, below, entries);
            }
        }
    }
}
