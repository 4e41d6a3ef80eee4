package io.weir.rules.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.Rules;
import io.weir.rules.TestEvent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class IndexMatcherTest {
    private static void nobody(Rule rule) {
        throw new AssertionError(rule + " matches");
    }

    private static Matcher thousandRules() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String when = i % 2 == 0
                    ? "{path: /projects/p" + i + "/**, extension: [zip, mp4], size: '>= 10 MiB'}"
                    : "[{name: 'tmp-" + i + "*'}, {not: {owner: root}}]";
            rules.add(Rules.definition("{id: r" + i + ", on: [created], actions: [note], when: " + when + "}"));
        }
        return IndexMatcher.of(rules);
    }

    /** The few bytes allowed are of the loop's own, such as what the compiler of the JVM leaves in a thread. */
    @Test
    void matchingAllocatesNothing() {
        Matcher matcher = thousandRules();
        TestEvent[] events = {
            TestEvent.at("/projects/p2/deep/down/a.zip"),
            TestEvent.at("/projects/p4/a.txt"),
            TestEvent.at("/home/ann/tmp-x"),
            TestEvent.of(Map.of("type", "deleted", "path", "/projects/p2/a.zip"))
        };
        assertThat(allocatedBy100_000(matcher, events, IndexMatcherTest::nobody))
                .as("bytes by events that no rule matches")
                .isLessThan(10_000);
    }

    @Test
    void matchingAllocatesNothingForThatWhichMatchesEither() {
        Matcher matcher = thousandRules();
        TestEvent[] events = {
            TestEvent.of(Map.of("path", "/projects/p2/a.zip", "size", "99999999")),
            TestEvent.at("/home/ann/tmp-1"),
            TestEvent.at("/home/ann/tmp-11"),
            TestEvent.at("/home/ann/tmp-111x")
        };
        long[] matches = {0};
        assertThat(allocatedBy100_000(matcher, events, rule -> matches[0]++))
                .as("bytes by events that rules match")
                .isLessThan(10_000);
        assertThat(matches[0]).isEqualTo(120_000 * (1 + 1 + 2 + 3));
    }

    private static long allocatedBy100_000(Matcher matcher, TestEvent[] events, Consumer<Rule> matches) {
        run(matcher, events, 20_000, matches);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(matcher, events, 100_000, matches);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void run(Matcher matcher, TestEvent[] events, int times, Consumer<Rule> matches) {
        for (int i = 0; i < times; i++) {
            for (TestEvent event : events) {
                matcher.match(event, matches);
            }
        }
    }

    @Test
    void aConsumerThatFailsLeavesNothingBehind() {
        Matcher matcher = thousandRules();
        TestEvent event = TestEvent.of(Map.of("path", "/projects/p2/a.zip", "size", "99999999"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> matcher.match(event, rule -> {
                        throw new IllegalStateException(rule.id());
                    }))
                    .hasMessage("r2");
        }
        run(matcher, new TestEvent[] {TestEvent.at("/x")}, 1, IndexMatcherTest::nobody);
    }

    @Test
    void aConsumerMayAskTheMatcherAgain() {
        Matcher matcher = thousandRules();
        TestEvent event = TestEvent.of(Map.of("path", "/projects/p2/a.zip", "size", "99999999"));
        List<String> ids = new ArrayList<>();
        matcher.match(event, rule -> matcher.match(event, inner -> ids.add(rule.id() + inner.id())));
        assertThat(ids).containsExactly("r2r2");
    }

    @Test
    void aRuleFoundInSeveralWaysIsGivenOnce() {
        Matcher matcher = IndexMatcher.of(List.of(
                Rules.when("{any: [{path: /a/**}, {path: /a/b/**}, {extension: zip}, {name: x.zip}, {size: '> 0'}]}")));
        List<String> ids = new ArrayList<>();
        matcher.match(TestEvent.of(Map.of("path", "/a/b/x.zip", "size", "1")), rule -> ids.add(rule.id()));
        assertThat(ids).containsExactly("r");
    }

    @Test
    void manyRulesThatMatchAreGivenInOrder() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 99; i >= 10; i--) {
            rules.add(Rules.definition("{id: r" + i + ", on: created, actions: [note], when: {extension: zip}}"));
        }
        List<String> ids = new ArrayList<>();
        IndexMatcher.of(rules).match(TestEvent.at("/a.zip"), rule -> ids.add(rule.id()));
        assertThat(ids).hasSize(90).isSorted();
    }

    @Test
    void valuesOfTheFileAreAskedForCandidatesOnly() {
        Matcher matcher = IndexMatcher.of(List.of(Rules.when("{path: /a/**, size: '> 0', owner: ann}")));
        matcher.match(new Unread("/b/x"), rule -> {});
        assertThatThrownBy(() -> matcher.match(new Unread("/a/x"), rule -> {}))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
