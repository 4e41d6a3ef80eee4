package io.weir.agent.intake;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.Flag;
import io.weir.agent.marks.ScopedEvent;
import io.weir.agent.marks.Subject;
import io.weir.agent.marks.Target;
import io.weir.agent.marks.UnseenMove;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Causation.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at an action's files when it is over: what fits neither its declaration nor what was known, others changed. */
final class EndComparison {
    private record Reading(Entry entry, Place place, FileStat now) {}

    private final Workbench bench;

    EndComparison(Workbench bench) {
        this.bench = bench;
    }

    /**
     * Compares all files, or none.
     *
     * @param last whether files that cannot be read are passed over
     * @return false if a file is not where the baseline has it, so that the stream is about to tell where it went
     */
    boolean compare(String action, boolean last, long observedAt) {
        List<Reading> readings = new ArrayList<>();
        for (Entry entry : entries(bench.judge().windows().targets(action))) {
            Place place = bench.baseline().place(entry);
            Optional<FileStat> now = bench.stat().apply(place).filter(entry::isFile);
            if (now.isPresent()) {
                readings.add(new Reading(entry, place, now.get()));
            } else if (!last) {
                return false;
            }
        }
        bench.judge().windows().unseenMoves(action).forEach(unseen -> movedBack(unseen, observedAt));
        readings.forEach(reading -> compare(action, reading, observedAt));
        bench.judge().windows().unreported(action).forEach(event -> unreported(event, observedAt));
        return true;
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
        Optional<FileStat> now = bench.stat().apply(there);
        if (entry.isPresent() && now.isPresent() && entry.get().isFile(now.get()) && !there.equals(unseen.to())) {
            Optional<Causation> own = Optional.of(unseen.causation().by(Evidence.END_COMPARISON));
            bench.publish(Draft.moved(observedAt, there, unseen.to(), now.get(), true, own));
            Optional<Causation> back =
                    bench.judge().explainMove(unseen.to(), Subject.of(there, entry.get(), now.get()));
            bench.publish(Draft.moved(observedAt, unseen.to(), there, now.get(), true, back));
        }
    }

    private void compare(String action, Reading reading, long observedAt) {
        Entry entry = reading.entry();
        FileStat now = reading.now();
        Subject subject = Subject.of(reading.place(), entry, now);
        Entry kept = entry.withAttributes(now).without(Flag.ATTRIBUTES_OWED);
        switch (bench.judge().compare(action, subject, entry, now)) {
            case AS_DECLARED -> bench.baseline().save(kept);
            case IN_SCOPE ->
                bench.baseline().save(kept.with(Flag.ATTRIBUTES_UNSHOWN)); // The next foreign event is news.
            case FOREIGN -> {
                bench.baseline().save(entry.attributesShown(now));
                bench.publish(
                        Draft.live(observedAt, EventType.ATTRIBUTES_CHANGED, reading.place(), now, Optional.empty()));
            }
        }
    }

    private Iterable<Entry> entries(Set<Target> targets) {
        Map<Long, Entry> entries = new LinkedHashMap<>();
        for (Target target : targets) {
            find(target).ifPresent(entry -> {
                entries.put(entry.id(), entry);
                if (target.subtree()) {
                    addBelow(entry, entries);
                }
            });
        }
        return entries.values();
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

    private void addBelow(Entry directory, Map<Long, Entry> entries) {
        for (Entry child : bench.baseline().children(directory.id())) {
            entries.put(child.id(), child);
            if (child.isDirectory()) {
                addBelow(child, entries);
            }
        }
    }
}
