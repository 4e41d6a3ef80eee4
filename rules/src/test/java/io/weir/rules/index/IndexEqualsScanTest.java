package io.weir.rules.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.EventView;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.Rules;
import io.weir.rules.ScanMatcher;
import io.weir.rules.TestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On generated rules and events the index finds what asking every rule finds, in the same order. */
class IndexEqualsScanTest {
    private static final long SEED = Long.getLong("weir.seed", 1L);
    private static final int SETS = Integer.getInteger("weir.sets", 25);
    private static final int RULES = 60;
    private static final int EVENTS = 400;

    @Test
    void findsTheSameRules() {
        long matches = 0;
        for (int set = 0; set < SETS; set++) {
            Generated generated = new Generated(new Random(SEED + set));
            List<Rule> rules = new ArrayList<>();
            for (int i = 0; i < RULES; i++) {
                rules.add(comesBackTheSame(Rules.definition(generated.rule("r" + i))));
            }
            Matcher scan = new ScanMatcher(rules);
            Matcher index = new IndexMatcher(rules);
            for (int i = 0; i < EVENTS; i++) {
                TestEvent event = generated.event();
                List<String> expected = ids(scan, event);
                assertThat(ids(index, event))
                        .as("-Dweir.seed=%d -Dweir.sets=1: %s", SEED + set, event)
                        .isEqualTo(expected);
                matches += expected.size();
            }
        }
        long pairs = (long) SETS * RULES * EVENTS;
        assertThat(matches).as("matches among %d pairs", pairs).isBetween(pairs / 100, pairs / 2);
    }

    private static Rule comesBackTheSame(Rule rule) {
        Rule again = Rules.definition(rule.definition());
        assertThat(again.definition()).isEqualTo(rule.definition());
        assertThat(again.hash()).isEqualTo(rule.hash());
        return again;
    }

    private static List<String> ids(Matcher matcher, EventView event) {
        List<String> ids = new ArrayList<>();
        matcher.match(event, rule -> ids.add(rule.id()));
        return ids;
    }
}
