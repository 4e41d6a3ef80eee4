package io.weir.filter;

import io.weir.rules.Breaker;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.topic.RulePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Suspends rules for paths on which they fire too often: a loop through a third party. Counted are the firings of each rule
 * on each path, in spans: one begins with a firing outside of any, and is as long as the rule's {@link Breaker} says by log
 * time. As many firings as that allows act; the next one in the span trips the breaker, and from then on none acts until it
 * is reset or the rule changes.
 *
 * <p>At most {@link #MOST} spans are kept beside those that tripped; of more, the one that fired the longest ago is
 * forgotten. Not safe for several threads.
 */
final class Breakers {
    /** How many spans are kept for a partition. */
    static final int MOST = 10_000;

    private final StateLog log;
    private final int most;
    private final Map<String, Span> spans = new HashMap<>();
    private final Map<String, Span> tripped = new TreeMap<>();
    private final TreeSet<Use> uses =
            new TreeSet<>(Comparator.comparingLong(Use::last).thenComparing(Use::key));

    /** When a rule fired last on a path. */
    private record Use(long last, String key) {}

    /**
     * A firing that does not act.
     *
     * @param span in which there were too many
     * @param anew whether it is the one that tripped the breaker
     */
    record Trip(Span span, boolean anew) {}

    /** Takes up what was kept. */
    Breakers(StateLog log) {
        this(log, MOST);
    }

    Breakers(StateLog log, int most) {
        this.log = log;
        this.most = most;
        log.forEach((key, bytes) -> keep(key, Span.of(bytes)));
    }

    /** Whether a rule is suspended for a path. */
    boolean hasTripped() {
        return !tripped.isEmpty();
    }

    /** How many spans are kept, without those that tripped. */
    int size() {
        return spans.size();
    }

    /**
     * A rule fires, that is, would have its requests written.
     *
     * @param time log time, milliseconds since 1970; never goes back
     * @return why it does not act; empty if it does
     */
    Optional<Trip> fire(Rule rule, Judged event, long time) {
        Breaker breaker = rule.breaker();
        if (breaker.isOff()) {
            return Optional.empty();
        }
        String key = new RulePath(rule.id(), event.volume(), event.path()).key();
        Span before = tripped.get(key);
        if (before != null && before.rule().equals(rule.fullHash())) {
            return Optional.of(new Trip(before, false));
        }
        forgetOver(time);
        Span span = spans.get(key);
        Span open = span != null && span.has(rule.fullHash(), time)
                ? span
                : Span.from(rule.fullHash(), time, breaker.within().toMillis());
        Span now = open.with(event.id(), time, breaker.firings());
        put(key, now);
        while (spans.size() > most) {
            remove(uses.first().key());
        }
        return now.tripped() ? Optional.of(new Trip(now, true)) : Optional.empty();
    }

    /** Lets a rule act on a path again; false if it was not suspended for it. */
    boolean reset(RulePath target) {
        boolean was = tripped.containsKey(target.key());
        if (was) {
            remove(target.key());
        }
        return was;
    }

    /** Other rules are in force: ends the suspension of those that are not, or not as they were; gives what ended. */
    List<RulePath> end(RuleSet rules) {
        List<RulePath> ended = new ArrayList<>();
        for (Map.Entry<String, Span> entry : List.copyOf(tripped.entrySet())) {
            RulePath target = RulePath.ofKey(entry.getKey()).orElseThrow();
            boolean same = rules.find(target.rule())
                    .filter(rule -> rule.mode() == Mode.ENFORCE)
                    .filter(rule -> rule.fullHash().equals(entry.getValue().rule()))
                    .isPresent();
            if (!same) {
                remove(entry.getKey());
                ended.add(target);
            }
        }
        return ended;
    }

    /** From the one that fired the longest ago up to one that may still be of use. */
    private void forgetOver(long time) {
        while (!uses.isEmpty() && isOver(uses.first().key(), time)) {
            remove(uses.first().key());
        }
    }

    private boolean isOver(String key, long time) {
        Span span = spans.get(key);
        return span == null || span.end() <= time;
    }

    private void put(String key, Span span) {
        take(key);
        keep(key, span);
        if (log.isKept()) {
            log.put(key, span.bytes());
        }
    }

    private void keep(String key, Span span) {
        if (span.tripped()) {
            tripped.put(key, span);
        } else {
            spans.put(key, span);
            uses.add(new Use(span.last(), key));
        }
    }

    private void remove(String key) {
        take(key);
        log.put(key, null);
    }

    private void take(String key) {
        Span span = spans.remove(key);
        if (span != null) {
            uses.remove(new Use(span.last(), key));
        }
        tripped.remove(key);
    }
}
