package io.weir.agent.marks;

import io.weir.agent.source.MarksDirectory;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves mark files through the judge: reads those that come through the stream, ends attempts whose process died, closes
 * actions, and deletes files that have done their duty. For one thread at a time.
 */
public final class MarkFlow implements Windows.UnreadMarks {
    /** Compares the files of an action that is over. */
    @FunctionalInterface
    public interface Comparison {
        /**
         * Compares.
         *
         * @param ended number of the last event by which the action had ended, 0 if not known
         * @param last whether files that have moved on are passed over
         * @return false if one has moved on, which the stream is about to tell
         */
        boolean compare(String action, long ended, boolean last);
    }

    private static final int MAX_COMPARISONS = 20;

    private final MarksDirectories directories;
    private final AttemptLiveness liveness;
    private final SyncCookies cookies;
    private final Map<String, String> volumeOf = new HashMap<>();
    private final Map<String, Integer> comparisons = new HashMap<>();
    private final Map<String, Long> endedAt = new HashMap<>();
    private final Set<String> postponed = new HashSet<>();
    private final Set<String> endedForDead = new HashSet<>();
    private final MarkDeletions deletions;
    private @Nullable CausationJudge connected;
    private Comparison comparison = (action, ended, last) -> true;
    private boolean retain;

    /**
     * @param directories by volume
     * @param run makes the names of sync cookies differ from those of earlier runs
     */
    public MarkFlow(Map<String, MarksDirectory> directories, AttemptLiveness liveness, long run) {
        this.directories = new MarksDirectories(directories);
        this.liveness = liveness;
        this.deletions = new MarkDeletions(this.directories);
        this.cookies = new SyncCookies(this.directories, run);
    }

    /** Sets what it works with; to be called once, before anything else. */
    public void connect(CausationJudge causationJudge, Comparison atEnd) {
        this.connected = causationJudge;
        this.comparison = atEnd;
        closed().earlier().forEach(this::meet);
    }

    /** An attempt that a process before this one closed; its files may have been deleted, and another's have their names. */
    private void meet(Attempt.Key attempt, ClosedMarks.Row row) {
        boolean there = directories.has(row.volume())
                && directories.identity(row.volume(), attempt.beginName()).equals(Optional.of(row.identity()));
        if (!there) {
            closed().forget(attempt);
        } else if (row.state() == ClosedMarks.State.RELEASED) {
            closed().add(attempt);
            deletions.add(attempt, row.volume());
        }
    }

    /**
     * A file came into a marks directory, as the stream tells.
     *
     * @param queued number of the event; 0 if it has none
     */
    public void seen(String volume, String name, long queued) {
        if (cookies.cameBack(name)) {
            deletions.add(volume, name);
            return;
        }
        MarkName.parse(name).ifPresent(mark -> {
            if (mark.phase() == MarkName.Phase.BEGIN) {
                begin(volume, name);
            } else {
                end(volume, mark, queued);
            }
        });
    }

    /**
     * Marks may have been missed: reads all that are on disk. What has ended by now is closed when a sync cookie has come
     * back, since its events may still be in the stream.
     */
    public void resync(String volume) {
        List<MarkName> ends = new ArrayList<>();
        List<MarkName> earlier = new ArrayList<>();
        for (String name : directories.names(volume)) {
            Optional<MarkName> mark = MarkName.parse(name);
            if (mark.isEmpty()) {
                deletions.add(volume, name);
            } else if (closed().isEarlier(Attempt.Key.of(mark.get()))) {
                earlier.add(mark.get());
            } else if (mark.get().phase() == MarkName.Phase.BEGIN) {
                begin(volume, name);
            } else if (!closed().contains(name)) {
                ends.add(mark.get());
            }
        }
        earlier.forEach(mark -> restore(volume, mark));
        if (!ends.isEmpty() || cookies.anyAwaited(volume)) {
            cookies.sendAgain(volume, () -> ends.forEach(e -> end(volume, e, 0)));
        }
    }

    /** Ends attempts whose process has died, by marks through the stream. */
    public void endForTheDead() {
        endForTheDead(open -> true);
    }

    /** Whether any attempt is open, so that deaths must be looked for. */
    public boolean anyOpen() {
        return !windows().openMarks().isEmpty();
    }

    /** Whether a scan may reveal what actions did whose marks come through now. */
    public void retain(boolean value) {
        retain = value;
        release();
    }

    private void release() {
        if (retain) {
            return;
        }
        for (BeginMark mark : windows().release()) {
            closed().release(Attempt.Key.of(mark));
            deletions.add(Attempt.Key.of(mark), mark.volume());
        }
    }

    /** What has been explained so far is in the spool: deletes the files that have done their duty. */
    public void committed() {
        deletions.committed(closed()::forget);
    }

    @Override
    public Collection<BeginMark> begun(String volume, Predicate<String> known) {
        List<BeginMark> marks = new ArrayList<>();
        if (!directories.has(volume)) {
            return marks;
        }
        for (String name : directories.names(volume)) {
            boolean begin = MarkName.parse(name)
                    .filter(m -> m.phase() == MarkName.Phase.BEGIN)
                    .isPresent();
            if (begin && !known.test(name)) {
                directories.readBegin(volume, name).ifPresent(marks::add);
            }
        }
        return marks;
    }

    private CausationJudge judge() {
        CausationJudge judge = connected;
        if (judge == null) {
            throw new IllegalStateException("no judge is connected");
        }
        return judge;
    }

    private ClosedMarks closed() {
        return windows().closedMarks();
    }

    private Windows windows() {
        return judge().windows();
    }

    private void begin(String volume, String name) {
        directories.readBegin(volume, name).ifPresent(mark -> {
            volumeOf.put(mark.actionId(), volume);
            windows().begin(mark);
        });
    }

    /** What a process before this one closed is not closed again. */
    private void restore(String volume, MarkName earlier) {
        if (earlier.phase() == MarkName.Phase.BEGIN) {
            directories.readBegin(volume, earlier.fileName()).ifPresent(mark -> windows()
                    .restore(mark, endOf(volume, earlier).orElse(null)));
        }
    }

    private Optional<List<Effect>> endOf(String volume, MarkName of) {
        return directories.readEnd(volume, new MarkName(of.actionId(), of.attempt(), MarkName.Phase.END));
    }

    private void end(String volume, MarkName name, long queued) {
        if (closed().contains(name.fileName())) {
            return;
        }
        if (!windows().hasBegun(name.actionId(), name.attempt())) {
            begin(volume, new MarkName(name.actionId(), name.attempt(), MarkName.Phase.BEGIN).fileName());
        }
        if (!windows().hasBegun(name.actionId(), name.attempt())) {
            deletions.add(volume, name.fileName());
        }
        if (!windows().isOpen(name.actionId(), name.attempt())) {
            return;
        }
        windows().end(name.actionId(), name.attempt(), endOf(volume, name).orElse(null));
        endedForDead.remove(name.fileName());
        endedAt.put(name.actionId(), queued);
        if (!judge().has(Safeguard.END_FOR_THE_DEAD)) {
            endDeadAtOnce(name.actionId());
        }
        closeIfOver(name.actionId());
        if (judge().has(Safeguard.END_FOR_THE_DEAD)) {
            endForTheDead(open -> open.actionId().equals(name.actionId()));
        }
    }

    private void closeIfOver(String action) {
        if (!windows().isOver(action) || postponed.contains(action)) {
            return;
        }
        String volume = volumeOf.getOrDefault(action, "");
        int tries = comparisons.merge(action, 1, Integer::sum);
        if (!comparison.compare(action, endedAt.getOrDefault(action, 0L), tries >= MAX_COMPARISONS)) {
            postponed.add(action);
            cookies.send(volume, () -> {
                postponed.remove(action);
                closeIfOver(action);
            });
            return;
        }
        comparisons.remove(action);
        endedAt.remove(action);
        volumeOf.remove(action);
        for (BeginMark mark : windows().close(action)) {
            String begin = Attempt.Key.of(mark).beginName();
            closed().keep(mark, directories.identity(mark.volume(), begin).orElse(""));
        }
        release();
    }

    private void endForTheDead(Predicate<BeginMark> which) {
        for (BeginMark open : windows().openMarks()) {
            if (which.test(open) && !liveness.alive(open)) {
                putEnd(open);
            }
        }
    }

    private void putEnd(BeginMark dead) {
        String name = new MarkName(dead.actionId(), dead.attempt(), MarkName.Phase.END).fileName();
        if (!endedForDead.add(name)) {
            return;
        }
        try {
            // What it did not get to say it may have done or not: nothing is expected of the file.
            EndMark end = new EndMark(dead.actionId(), dead.attempt(), dead.volume(), null, List.of());
            MarksDirectory directory = directories.of(dead.volume());
            if (directory.read(name).isEmpty()) {
                directory.put(name, MarkCodec.encode(end));
            }
        } catch (IOException e) {
            endedForDead.remove(name);
            throw new UncheckedIOException("mark='" + name + "': cannot be written", e);
        }
    }

    private void endDeadAtOnce(String action) {
        for (BeginMark open : windows().openMarks()) {
            if (open.actionId().equals(action) && !liveness.alive(open)) {
                windows().end(action, open.attempt(), null);
            }
        }
    }
}
