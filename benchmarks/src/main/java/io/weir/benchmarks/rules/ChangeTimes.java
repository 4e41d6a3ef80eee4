package io.weir.benchmarks.rules;

import io.weir.benchmarks.Latencies;
import io.weir.filter.RuleLog;
import io.weir.rules.ActionTypes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long the filter takes to put one changed rule in force: from the definition, through compiling, index, cost and hash,
 * to the set that the next event is judged by.
 */
final class ChangeTimes {
    private static final int CHANGES = 1_000;

    private ChangeTimes() {}

    static void print(List<Written> rules, ActionTypes actions) {
        RuleLog log = new RuleLog(actions, report -> {});
        long begun = System.nanoTime();
        long offset = 0;
        for (Written rule : rules) {
            log.rule(rule.id(), rule.definition(), Optional.empty(), offset++);
        }
        log.restored();
        double restored = (System.nanoTime() - begun) / 1e9;
        long[] nanos = new long[CHANGES];
        for (int i = 0; i < CHANGES; i++) {
            Written rule = rules.get((int) (i * 7919L % rules.size()));
            Written other = rules.get((int) (i * 104_729L % rules.size()));
            String definition = other.definition().replace("{id: " + other.id() + ",", "{id: " + rule.id() + ",");
            long before = System.nanoTime();
            log.rule(rule.id(), definition, Optional.empty(), offset++);
            nanos[i] = System.nanoTime() - before;
        }
        System.out.printf(
                Locale.ROOT,
                "%,9d  restored one by one in %.1f s; cost %d; one change in the filter: %s%n",
                rules.size(),
                restored,
                log.get().set().evaluations(),
                new Latencies(nanos));
    }
}
