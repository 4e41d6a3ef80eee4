package io.weir.filter;

import io.weir.rules.EventView;
import io.weir.rules.Rule;
import io.weir.rules.trigger.Quiet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Rules that wait for files of one partition to be left alone. Time is that of the log: it passes with each record that is
 * read. An event restarts the waiting for its file; one that the rule is about and that no longer satisfies it ends that, and
 * so does the file's leaving. Accesses do not count. Not safe for several threads.
 */
final class Waiting {
    private static final Set<String> ACCESSES = Set.of("opened", "read", "closed");
    private static final Set<String> DEPARTURES = Set.of("deleted", "moved-out");

    private final StateLog log;
    private final Map<String, Map<String, Waiter>> byFile = new HashMap<>();
    private final TreeSet<Timer> timers = new TreeSet<>(
            Comparator.comparingLong(Timer::due).thenComparing(Timer::file).thenComparing(Timer::rule));

    private record Timer(long due, String file, String rule) {}

    /** Takes up what was kept. */
    Waiting(StateLog log) {
        this.log = log;
        log.forEach((key, bytes) -> {
            Waiter waiter = Waiter.of(bytes);
            keep(key.substring(key.indexOf('\n') + 1), waiter);
        });
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    boolean isDue(long now) {
        return !timers.isEmpty() && timers.first().due() <= now;
    }

    /** Takes what is due, in the order of the times, files and rules. */
    List<Waiter> takeDue(long now) {
        List<Waiter> due = new ArrayList<>();
        while (isDue(now)) {
            Timer timer = timers.first();
            remove(timer.file(), timer.rule()).ifPresent(due::add);
        }
        return due;
    }

    /** An event satisfied a rule that waits. */
    void arm(Rule rule, EventView event, Entry entry, long offset) {
        Quiet quiet = (Quiet) rule.trigger();
        long due = entry.timestamp() + quiet.length().toMillis();
        put(file(event.volume(), event.path()), new Waiter(rule.id(), rule.conditionHash(), due, entry, offset));
    }

    /**
     * An event came, after it was judged and {@link #arm}ed what it satisfied.
     *
     * @param satisfied rules whose conditions it satisfied
     * @param armed those of them that wait with it
     * @param caused whether an action of ours caused it: that is no sign that somebody has changed his mind
     * @param rules by id, those in force
     */
    void happened(
            EventView event,
            Entry entry,
            List<Rule> satisfied,
            List<Rule> armed,
            boolean caused,
            Function<String, Optional<Rule>> rules) {
        if (timers.isEmpty() || ACCESSES.contains(event.type()) || event.type().equals("gap")) {
            return;
        }
        String previous = event.previousPath();
        if (previous != null) {
            left(event.volume(), previous);
        }
        String file = file(event.volume(), event.path());
        Map<String, Waiter> waiters = byFile.get(file);
        if (waiters == null) {
            return;
        }
        for (Waiter waiter : List.copyOf(waiters.values())) {
            if (has(armed, waiter.rule())) {
                continue;
            }
            boolean still = caused || has(satisfied, waiter.rule());
            Optional<Quiet> quiet = rules.apply(waiter.rule())
                    .filter(rule -> rule.conditionHash().equals(waiter.conditionHash()))
                    .filter(rule -> goesOn(rule, event.type(), still))
                    .map(rule -> (Quiet) rule.trigger());
            if (quiet.isPresent()) {
                put(file, waiter.until(entry.timestamp() + quiet.get().length().toMillis()));
            } else {
                remove(file, waiter.rule());
            }
        }
    }

    private static boolean has(List<Rule> rules, String id) {
        return rules.stream().anyMatch(rule -> rule.id().equals(id));
    }

    private static boolean goesOn(Rule rule, String type, boolean still) {
        return !DEPARTURES.contains(type) && (still || !rule.on().contains(type));
    }

    /** A file is no longer at this place. */
    void left(String volume, String path) {
        String file = file(volume, path);
        Map<String, Waiter> waiters = byFile.get(file);
        if (waiters != null) {
            List.copyOf(waiters.keySet()).forEach(rule -> remove(file, rule));
        }
    }

    private static String file(String volume, String path) {
        return volume + ":" + path;
    }

    private void put(String file, Waiter waiter) {
        Map<String, Waiter> waiters = byFile.get(file);
        Waiter before = waiters == null ? null : waiters.get(waiter.rule());
        if (before != null) {
            timers.remove(new Timer(before.due(), file, before.rule()));
        }
        keep(file, waiter);
        if (log.isKept()) {
            log.put(key(file, waiter.rule()), waiter.bytes());
        }
    }

    private void keep(String file, Waiter waiter) {
        byFile.computeIfAbsent(file, f -> new TreeMap<>()).put(waiter.rule(), waiter);
        timers.add(new Timer(waiter.due(), file, waiter.rule()));
    }

    private Optional<Waiter> remove(String file, String rule) {
        Map<String, Waiter> waiters = byFile.getOrDefault(file, Map.of());
        Waiter waiter = waiters.get(rule);
        if (waiter == null) {
            return Optional.empty();
        }
        waiters.remove(rule);
        if (waiters.isEmpty()) {
            byFile.remove(file);
        }
        timers.remove(new Timer(waiter.due(), file, rule));
        log.put(key(file, rule), null);
        return Optional.of(waiter);
    }

    /** Ids of rules have no line breaks. */
    private static String key(String file, String rule) {
        return rule + "\n" + file;
    }
}
