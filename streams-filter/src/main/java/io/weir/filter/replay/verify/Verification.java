package io.weir.filter.replay.verify;

import io.weir.filter.replay.Exactness;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ReadProgress;
import io.weir.filter.replay.RuleArchive;
import io.weir.filter.replay.RuleTimeline;
import io.weir.filter.replay.TimeSpan;
import io.weir.rules.ActionTypes;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Verifies a stretch of the log. For one thread; it reads in several of its own, and writes nothing. */
public final class Verification {
    /** How far log times of different partitions may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);
    /** How long an event may be on its way while a later one of its agent is in the log. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private final KafkaConnection connection;
    private final String group;
    private final int threads;
    private final Findings findings;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param group of the filters, whose offsets tell how far they have judged
     * @param most how many findings of each kind are kept
     */
    public Verification(KafkaConnection connection, String group, int threads, int most) {
        this.connection = connection;
        this.group = group;
        this.threads = threads;
        this.findings = new Findings(most);
    }

    /** Told of each reading before it begins. */
    public interface Phases {
        /** Begins one; what it gives is told how far it is, and closed at the end. */
        Phase begin(String what);

        /** One reading. */
        interface Phase extends AutoCloseable {
            ReadProgress progress();

            @Override
            void close();
        }
    }

    /**
     * Verifies.
     *
     * @throws io.weir.filter.replay.ReplayException if records of the stretch have been deleted
     */
    public Report run(TimeSpan asked, Phases phases) {
        Instant now = Instant.now();
        // First of all: what has been judged by then was recorded before, the rules that judged it too.
        JudgedOffsets judged = JudgedOffsets.read(connection, group);
        RuleTimeline timeline = new RuleArchive(connection, ActionTypes.discover()).recorded();
        timeline.faults().forEach(fault -> findings.add(new Finding(Finding.Kind.RULES, Topics.RULES, fault, "", "")));
        TimeSpan span = exact(asked, timeline);
        Windows windows = windows(span, judged);
        Instant from = span.from().orElse(Instant.MIN);
        SequenceCheck sequences =
                new SequenceCheck(windows.events(), from, span.to().isPresent() ? Instant.MAX : now.minus(ON_ITS_WAY));
        long identical = new DecisionCheck(connection, threads, findings).run(timeline, windows, sequences, phases);
        holes(sequences, windows.events(), phases);
        long open = new ActionTrails(connection, threads, findings)
                .check(windows.scope(), windows.decisions(), from, now, phases);
        if (open > 0) {
            notes.add(open + " requests have no result yet, and their time is not over");
        }
        return new Report(
                span.from(),
                windows.events().size(),
                windows.events().before(),
                identical,
                timeline.all().size(),
                findings,
                notes);
    }

    /** In this order: what has been judged was recorded before, and what is recorded was read before. */
    private Windows windows(TimeSpan span, JudgedOffsets judged) {
        LogWindow events = judged.within(LogWindow.of(connection, Topics.FILE_EVENTS, span));
        LogWindow contributions = judged.within(LogWindow.of(connection, Topics.AGGREGATES, span));
        TimeSpan fromThen = new TimeSpan(span.from().map(from -> from.minus(SKEW)), Optional.empty());
        LogWindow decisions = unchecked(Topics.DECISIONS, fromThen);
        LogWindow recorded = unchecked(Topics.AGGREGATES, TimeSpan.ALL);
        Scope scope = Scope.of(
                events,
                contributions,
                unchecked(Topics.FILE_EVENTS, TimeSpan.ALL),
                unchecked(Topics.AGGREGATES, TimeSpan.ALL));
        TimeSpan beyond = new TimeSpan(Optional.empty(), span.to().map(to -> to.plus(SKEW)));
        return new Windows(events, unchecked(Topics.FILE_EVENTS, beyond), contributions, recorded, decisions, scope);
    }

    /**
     * What is read.
     *
     * @param events those whose judging is verified
     * @param beyond how far events are read: the last numbers in the window may stand behind later ones
     * @param contributions those whose counting is verified
     * @param recorded contributions, as far as they may come of the events
     * @param decisions as far as they may come of both
     */
    record Windows(
            LogWindow events,
            LogWindow beyond,
            LogWindow contributions,
            LogWindow recorded,
            LogWindow decisions,
            Scope scope) {}

    private LogWindow unchecked(String topic, TimeSpan span) {
        return LogWindow.ofWhatIsLeft(connection, topic, span);
    }

    /** The stretch for which the state at its beginning is known and nothing that is needed has been deleted. */
    private TimeSpan exact(TimeSpan asked, RuleTimeline timeline) {
        LogWindow events = LogWindow.of(connection, Topics.FILE_EVENTS, asked);
        Optional<Instant> whole = Stream.of(
                        Exactness.from(events, timeline),
                        LogWindow.of(connection, Topics.DECISIONS, asked)
                                .wholeFrom()
                                .map(from -> from.plus(SKEW)),
                        LogWindow.of(connection, Topics.AGGREGATES, asked)
                                .wholeFrom()
                                .map(from -> from.plus(SKEW)))
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        if (whole.isEmpty() || (asked.from().isPresent() && !asked.from().get().isBefore(whole.get()))) {
            return asked;
        }
        notes.add("older records have been deleted: what rules wait for, count or are suspended by is known from "
                + whole.get() + " on, and from there it was verified");
        return new TimeSpan(whole, asked.to());
    }

    private void holes(SequenceCheck sequences, LogWindow events, Phases phases) {
        Set<EventId> wanted = sequences.neighbours();
        Map<EventId, SequenceCheck.Neighbour> found =
                wanted.isEmpty() ? Map.of() : new NeighbourSearch(connection, threads).find(wanted, events, phases);
        long open = sequences.report(found, findings);
        if (open > 0) {
            notes.add(open + " numbers of agents that just passed are not there yet");
        }
    }
}
