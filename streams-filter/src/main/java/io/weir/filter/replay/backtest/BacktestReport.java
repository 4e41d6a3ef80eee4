package io.weir.filter.replay.backtest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What rules would have done.
 *
 * @param records how many records of the log were judged
 * @param tried of the rules that were tried
 * @param inForce of the rules in force that have their ids
 * @param changes by rule, of all rules that were tried
 */
public record BacktestReport(long records, Sums tried, Sums inForce, SortedMap<String, Change> changes) {
    public BacktestReport {
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    /**
     * What came of one side.
     *
     * @param hits events on which a rule would have acted
     * @param actions that would have been asked for
     * @param files different ones that would have been touched
     * @param moreFiles whether there are more than could be told apart
     * @param bytes of them, each as it was with its first hit
     * @param trips how often a breaker would have cut in
     * @param suspended firings that would not have acted since it had
     * @param days hits, by day in UTC
     * @param rules hits, by rule
     */
    public record Sums(
            long hits,
            long actions,
            long files,
            boolean moreFiles,
            long bytes,
            long trips,
            long suspended,
            Map<LocalDate, Long> days,
            Map<String, Long> rules,
            Counted paths,
            Counted owners,
            Counted extensions) {
        public Sums {
            days = new TreeMap<>(days);
            rules = new TreeMap<>(rules);
        }
    }

    /**
     * The most frequent.
     *
     * @param top the most frequent first
     * @param error by how much a count may be too low
     */
    public record Counted(List<Count> top, long error) {
        public Counted {
            top = List.copyOf(top);
        }

        static Counted of(TopCounter counter, int most) {
            return new Counted(
                    counter.top(most).stream()
                            .map(one -> new Count(one.text(), one.count()))
                            .toList(),
                    counter.error());
        }
    }

    /** How often something was hit. */
    public record Count(String text, long count) {}

    /**
     * How a rule differs from the one in force.
     *
     * @param added events that it matches and the other does not
     * @param removed events that the other matches and it does not
     */
    public record Change(long added, long removed, List<Example> addedExamples, List<Example> removedExamples) {
        public Change {
            addedExamples = List.copyOf(addedExamples);
            removedExamples = List.copyOf(removedExamples);
        }

        Change with(Change other, int most) {
            return new Change(
                    added + other.added,
                    removed + other.removed,
                    first(addedExamples, other.addedExamples, most),
                    first(removedExamples, other.removedExamples, most));
        }

        private static List<Example> first(List<Example> one, List<Example> other, int most) {
            List<Example> all = new ArrayList<>(one);
            all.addAll(other);
            Collections.sort(all);
            return all.subList(0, Math.min(most, all.size()));
        }
    }

    /** An event. */
    public record Example(Instant time, String event, String type, String file) implements Comparable<Example> {
        @Override
        public int compareTo(Example other) {
            int byTime = time.compareTo(other.time);
            return byTime != 0 ? byTime : event.compareTo(other.event);
        }
    }
}
