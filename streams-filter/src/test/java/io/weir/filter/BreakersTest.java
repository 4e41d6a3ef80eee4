package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.WindowTest.MapLog;
import io.weir.rules.Mode;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.RulePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BreakersTest {
    private static final String LOCK =
            "{id: %s, on: created, breaker: {firings: %d, within: %s}, actions: [quarantine: {to: /q}]}";

    private final MapLog log = new MapLog();
    private Breakers breakers = new Breakers(log);
    private long sequence;

    private static Rule rule(String id, int firings, String within) {
        return TestRules.rule(LOCK.formatted(id, firings, within));
    }

    /** Whether it acts. */
    private boolean fire(Rule rule, String path, long time) {
        return firing(rule, path, time).isEmpty();
    }

    private Breakers.Trip trip(Rule rule, String path, long time) {
        return firing(rule, path, time).orElseThrow();
    }

    private Optional<Breakers.Trip> firing(Rule rule, String path, long time) {
        return breakers.fire(rule, Judged.of(Events.event("created", path, ++sequence)), time);
    }

    private static RulePath target(String rule, String path) {
        return new RulePath(rule, "inbox", path);
    }

    @Test
    void asManyFiringsAsTheRuleAllowsActAndTheNextOneInTheSpanTrips() {
        Rule rule = rule("r", 3, "10s");
        assertThat(fire(rule, "/a", 1_000)).isTrue();
        assertThat(fire(rule, "/a", 2_000)).isTrue();
        assertThat(fire(rule, "/a", 3_000)).isTrue();
        assertThat(breakers.hasTripped()).isFalse();

        Breakers.Trip trip = trip(rule, "/a", 10_999);
        assertThat(trip.anew()).isTrue();
        assertThat(trip.span().begun()).isEqualTo(1_000);
        assertThat(trip.span().last()).isEqualTo(10_999);
        assertThat(trip.span().count()).isEqualTo(4);
        assertThat(breakers.hasTripped()).isTrue();
    }

    @Test
    void aSpanBeginsWithAFiringAndEndsWhenItsTimeHasPassed() {
        Rule rule = rule("r", 1, "10s");
        assertThat(fire(rule, "/a", 1_000)).isTrue();
        assertThat(fire(rule, "/a", 11_000)).as("just over").isTrue();
        assertThat(fire(rule, "/a", 20_999)).as("in the span from 11 s on").isFalse();
    }

    @Test
    void itStaysTrippedHoweverLongNothingHappens() {
        Rule rule = rule("r", 1, "1s");
        fire(rule, "/a", 0);
        fire(rule, "/a", 1);
        Breakers.Trip later = trip(rule, "/a", 1_000_000_000);
        assertThat(later.anew()).isFalse();
        assertThat(later.span().last()).as("when it tripped").isEqualTo(1);
    }

    @Test
    void otherPathsVolumesAndRulesGoOn() {
        Rule rule = rule("r", 1, "1h");
        fire(rule, "/a", 0);
        assertThat(fire(rule, "/a", 1)).isFalse();
        assertThat(fire(rule, "/b", 2)).isTrue();
        assertThat(fire(rule("other", 1, "1h"), "/a", 3)).isTrue();
        FileEvent event = FileEvent.newBuilder(Events.event("created", "/a", 9))
                .setVolume("other")
                .build();
        assertThat(breakers.fire(rule, Judged.of(event), 4)).isEmpty();
    }

    @Test
    void resetLetsItActAgainAsOftenAsAtFirst() {
        Rule rule = rule("r", 2, "1h");
        for (int i = 0; i < 3; i++) {
            fire(rule, "/a", i);
        }
        assertThat(breakers.reset(target("r", "/b"))).isFalse();
        assertThat(breakers.reset(target("r", "/a"))).isTrue();
        assertThat(breakers.reset(target("r", "/a"))).as("nothing to reset").isFalse();
        assertThat(fire(rule, "/a", 10)).isTrue();
        assertThat(fire(rule, "/a", 11)).isTrue();
        assertThat(fire(rule, "/a", 12)).isFalse();
    }

    @Test
    void resetDoesNotForgiveWhatIsStillCounted() {
        Rule rule = rule("r", 2, "1h");
        fire(rule, "/a", 0);
        fire(rule, "/a", 1);
        assertThat(breakers.reset(target("r", "/a"))).isFalse();
        assertThat(fire(rule, "/a", 2)).isFalse();
    }

    @Test
    void aRuleThatIsOffIsNotCounted() {
        Rule rule = TestRules.rule("{id: r, on: created, breaker: off, actions: [quarantine: {to: /q}]}");
        for (int i = 0; i < 1_000; i++) {
            assertThat(fire(rule, "/a", i)).isTrue();
        }
        assertThat(log.entries).isEmpty();
    }

    @Test
    void aChangedRuleCountsAnew() {
        fire(rule("r", 2, "1h"), "/a", 0);
        fire(rule("r", 2, "1h"), "/a", 1);
        Rule changed = rule("r", 2, "2h");
        assertThat(fire(changed, "/a", 2)).isTrue();
        assertThat(fire(changed, "/a", 3)).isTrue();
        assertThat(fire(changed, "/a", 4)).isFalse();
    }

    @Test
    void aSuspensionEndsWhenTheRuleIsChangedDeletedOrNoLongerActs() {
        Rule rule = rule("r", 1, "1h");
        Rule shadow = new Rule(rule.model().withMode(Mode.SHADOW));
        for (RuleSet set :
                List.of(RuleSet.EMPTY, RuleSet.of(List.of(shadow)), RuleSet.of(List.of(rule("r", 2, "1h"))))) {
            fire(rule, "/a", 0);
            fire(rule, "/a", 1);
            assertThat(breakers.end(RuleSet.of(List.of(rule, rule("other", 5, "1m")))))
                    .as("the rule is in force as it was")
                    .isEmpty();
            assertThat(breakers.end(set)).containsExactly(target("r", "/a"));
            assertThat(breakers.hasTripped()).isFalse();
        }
        assertThat(log.entries).isEmpty();
    }

    @Test
    void theLastFiveEventsAreTheEvidence() {
        Rule rule = rule("r", 100, "1h");
        for (int i = 0; i < 100; i++) {
            assertThat(fire(rule, "/a", i)).isTrue();
        }
        Breakers.Trip trip = trip(rule, "/a", 100);
        assertThat(trip.span().events())
                .containsExactly("agent-1:1:97", "agent-1:1:98", "agent-1:1:99", "agent-1:1:100", "agent-1:1:101");
    }

    @Test
    void spansThatAreOverAreForgottenAsTimePasses() {
        Rule rule = rule("r", 5, "10s");
        for (int i = 0; i < 50; i++) {
            fire(rule, "/" + i, i);
        }
        assertThat(breakers.size()).isEqualTo(50);
        fire(rule, "/x", 10_025);
        assertThat(breakers.size()).as("26 to 49, and the new one").isEqualTo(25);
        assertThat(log.entries).hasSize(25);
    }

    @Test
    void ofTooManySpansTheOneThatFiredTheLongestAgoIsForgotten() {
        breakers = new Breakers(log, 3);
        Rule rule = rule("r", 2, "1h");
        fire(rule, "/loop", 0);
        fire(rule, "/b", 1);
        fire(rule, "/c", 2);
        fire(rule, "/loop", 3);
        fire(rule, "/d", 4); // forgets /b
        assertThat(breakers.size()).isEqualTo(3);
        assertThat(fire(rule, "/loop", 5))
                .as("it fires often, and so is not forgotten")
                .isFalse();
        for (int i = 0; i < 10; i++) {
            fire(rule, "/" + i, 10 + i);
        }
        assertThat(breakers.size()).isEqualTo(3);
        assertThat(log.entries).as("those and the one that tripped").hasSize(4);
        assertThat(fire(rule, "/loop", 100))
                .as("tripped ones are never forgotten")
                .isFalse();
    }

    /** Random firings, resets and rule changes, against one who keeps all firings; with restarts in between. */
    @Test
    void randomFiringsTripExactlyWhereTheModelSays() {
        Random random = Seed.random("BreakersTest");
        for (int round = 0; round < 200; round++) {
            MapLog kept = new MapLog();
            breakers = new Breakers(kept);
            Model model = new Model();
            long now = 0;
            for (int step = 0; step < 400; step++) {
                now += random.nextInt(4) == 0 ? random.nextInt(2_500) : random.nextInt(40);
                String path = "/" + random.nextInt(4);
                int firings = 1 + random.nextInt(2) * 5;
                Rule rule = rule("r" + random.nextInt(2), firings, random.nextInt(8) == 0 ? "2s" : "1s");
                if (random.nextInt(30) == 0) {
                    breakers.reset(target(rule.id(), path));
                    model.reset(rule.id() + path);
                } else {
                    if (model.isTripped(rule.id() + path, rule)) {
                        assertThat(fire(rule, path, now))
                                .as("round %d, step %d", round, step)
                                .isFalse();
                    } else {
                        assertThat(fire(rule, path, now))
                                .as("round %d, step %d", round, step)
                                .isEqualTo(model.fire(rule.id() + path, rule, now));
                    }
                }
                if (random.nextInt(50) == 0) {
                    breakers = new Breakers(kept);
                }
            }
        }
    }

    /** The definition, as plainly as it can be said. */
    private static final class Model {
        private record Suspended(String hash) {}

        private final Map<String, List<Long>> span = new LinkedHashMap<>();
        private final Map<String, String> counting = new HashMap<>();
        private final Map<String, Suspended> suspended = new HashMap<>();

        boolean isTripped(String key, Rule rule) {
            return new Suspended(rule.fullHash()).equals(suspended.get(key));
        }

        boolean fire(String key, Rule rule, long now) {
            suspended.remove(key);
            List<Long> times = span.computeIfAbsent(key, k -> new ArrayList<>());
            boolean other = !rule.fullHash().equals(counting.put(key, rule.fullHash()));
            if (other
                    || (!times.isEmpty()
                            && now - times.get(0) >= rule.breaker().within().toMillis())) {
                times.clear();
            }
            times.add(now);
            if (times.size() <= rule.breaker().firings()) {
                return true;
            }
            times.clear();
            suspended.put(key, new Suspended(rule.fullHash()));
            return false;
        }

        void reset(String key) {
            if (suspended.remove(key) != null) {
                span.remove(key);
            }
        }
    }
}
