package io.weir.rules.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.EventView;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.rules.Rules;
import io.weir.rules.ScanMatcher;
import io.weir.rules.TestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * On generated rules and events the index finds what asking every rule finds, in the same order; also after changes. A
 * round is {@value #PAIRS} pairs of rule and event; {@code -Dweir.rounds=1000 -Dweir.seed=7} makes it millions of others.
 */
class IndexEqualsScanTest {
    private static final long SEED = Long.getLong("weir.seed", 1L);
    private static final int ROUNDS = Integer.getInteger("weir.rounds", 10);
    private static final int RULES = 60;
    private static final int EVENTS = 400;
    private static final int PAIRS = RULES * EVENTS;

    private final List<String> found = new ArrayList<>();
    private long matches;

    @Test
    void findsTheSameRules(TestReporter reporter) {
        tell(reporter);
        for (int round = 0; round < ROUNDS; round++) {
            Generated generated = new Generated(new Random(SEED + round));
            List<Rule> rules = new ArrayList<>();
            for (int i = 0; i < RULES; i++) {
                rules.add(comesBackTheSame(Rules.definition(generated.rule("r" + i))));
            }
            assertSame(IndexMatcher.of(rules), rules, generated, EVENTS, round);
        }
        long pairs = (long) ROUNDS * PAIRS;
        assertThat(matches).as("matches among %d pairs", pairs).isBetween(pairs / 100, pairs / 2);
    }

    @Test
    void findsTheSameRulesAfterAnyChanges(TestReporter reporter) {
        tell(reporter);
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            Generated generated = new Generated(random);
            RuleSet set = RuleSet.EMPTY;
            for (int step = 0; step < 40; step++) {
                set.matcher();
                set = changed(set, generated, random);
                RuleSet anew = RuleSet.of(set.rules());
                assertSame(set.matcher(), List.copyOf(set.rules()), generated, 10, round);
                assertThat(set.evaluations()).as("cost: %s", seed(round)).isEqualTo(anew.evaluations());
                assertThat(set.hash()).as("hash: %s", seed(round)).isEqualTo(anew.hash());
            }
            set = set.change(List.of(), set.rules().stream().map(Rule::id).toList());
            assertThat(set.evaluations()).as("cost of nothing: %s", seed(round)).isZero();
        }
    }

    private static RuleSet changed(RuleSet set, Generated generated, Random random) {
        List<Rule> put = new ArrayList<>();
        TreeSet<String> removed = new TreeSet<>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            String id = "r" + random.nextInt(RULES);
            if (random.nextInt(3) == 0) {
                removed.add(id);
            } else {
                put.add(Rules.definition(generated.rule(id)));
            }
        }
        return set.change(put, removed);
    }

    private void assertSame(Matcher index, List<Rule> rules, Generated generated, int events, int round) {
        Matcher scan = new ScanMatcher(rules);
        for (int i = 0; i < events; i++) {
            TestEvent event = generated.event();
            List<String> expected = List.copyOf(ids(scan, event));
            if (!ids(index, event).equals(expected)) {
                assertThat(found).as("%s: %s", seed(round), event).isEqualTo(expected);
            }
            matches += expected.size();
        }
    }

    private static void tell(TestReporter reporter) {
        reporter.publishEntry("weir.seed", Long.toString(SEED));
        reporter.publishEntry("pairs", Long.toString((long) ROUNDS * PAIRS));
    }

    private static String seed(int round) {
        return "-Dweir.seed=" + (SEED + round) + " -Dweir.rounds=1";
    }

    private static Rule comesBackTheSame(Rule rule) {
        Rule again = Rules.definition(rule.definition());
        assertThat(again.definition()).isEqualTo(rule.definition());
        assertThat(again.hash()).isEqualTo(rule.hash());
        assertThat(again.fullHash()).isEqualTo(rule.fullHash());
        return again;
    }

    private List<String> ids(Matcher matcher, EventView event) {
        found.clear();
        matcher.match(event, rule -> found.add(rule.id()));
        return found;
    }
}
