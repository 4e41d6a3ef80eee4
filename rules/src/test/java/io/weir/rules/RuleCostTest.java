package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleCostTest {
    private static Rule rule(String id, String when) {
        return Rules.definition("{id: " + id + ", on: created, actions: [note], when: " + when + "}");
    }

    private static long cost(String... conditions) {
        List<Rule> rules = new ArrayList<>();
        for (String condition : conditions) {
            rules.add(rule("r" + rules.size(), condition));
        }
        return RuleSet.of(rules).evaluations();
    }

    @Test
    void aRuleCostsOneAndWhatItsConditionsCompare() {
        assertThat(cost("{path: /**}")).isEqualTo(2);
        assertThat(cost("{extension: [zip, gz, rar]}")).isEqualTo(2);
        assertThat(cost("{path: [/a/**, '/{b,c}/*']}")).isEqualTo(1 + 3);
        assertThat(cost("{not: {any: [{size: ['0', '> 1 GB']}, {mode: any 0022}, {owner: [a, b]}]}}"))
                .isEqualTo(1 + 2 + 1 + 1);
    }

    @Test
    void rulesThatTheIndexTellsApartDoNotAddUp() {
        assertThat(cost("{path: /a/**}", "{path: /b/**}", "{path: /c/**}")).isEqualTo(2);
        assertThat(cost("{name: x}", "{name: y}")).isEqualTo(2);
        assertThat(cost("{extension: zip}", "{extension: gz}")).isEqualTo(2);
        assertThat(cost("{owner: ann}", "{owner: bob}")).isEqualTo(2);
        assertThat(cost("{name: 'x*'}", "{name: 'y*'}")).isEqualTo(2);
        assertThat(cost("{path: '/*/a/**'}", "{path: '/*/b/**'}", "{path: '/x?/*/c/**'}"))
                .isEqualTo(4);
    }

    @Test
    void rulesThatOneEventMayMeetDo() {
        assertThat(cost("{path: /a/**}", "{path: /a/b/**}", "{path: /a/c/**}")).isEqualTo(4);
        assertThat(cost("{extension: zip}", "{name: x}", "{owner: ann}")).isEqualTo(6);
        assertThat(cost("{size: '> 1'}", "{size: '> 2'}", "{size: '< 3'}")).isEqualTo(6);
        assertThat(cost("{mode: '0777'}", "{not: {name: x}}")).isEqualTo(4);
        assertThat(cost("{name: 'xy*'}", "{name: 'x?'}")).isEqualTo(4);
    }

    @Test
    void volumesAreToldApart() {
        List<Rule> rules = new ArrayList<>();
        for (String volume : List.of("a", "b", "c", "c-*")) {
            rules.add(Rules.definition(
                    "{id: r" + rules.size() + ", volume: " + volume + ", on: created, actions: [note]}"));
        }
        assertThat(RuleSet.of(rules).evaluations()).isEqualTo(2 + 2);
    }

    @Test
    void rulesThatAreOffCostNothing() {
        assertThat(RuleSet.of(List.of(Rules.definition("{id: a, mode: off, on: created, actions: [note]}")))
                        .evaluations())
                .isZero();
    }

    @Test
    void theFaultNamesTheFigureTheCapAndTheDearestRules() {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rules.add(rule("r" + i, "{path: /a/**, mode: any 0022}"));
        }
        rules.add(rule("big", "{path: '/a/*{1,2,3,4,5,6,7,8}/**'}"));
        rules.add(rule("elsewhere", "{path: '/b/{1,2,3,4,5,6,7,8,9}*/**'}"));
        RuleCost cost = RuleSet.of(rules).cost();
        assertThat(cost.exceedsCap()).isTrue();
        assertThat(cost.dearest()).hasSize(5_001);
        assertThat(cost.fault())
                .isEqualTo("cost=15009 condition evaluations for one event: expected at most 10000; most expensive:"
                        + " 'big' (9), 'r0' (3), 'r1' (3), 'r10' (3), 'r100' (3) and 4996 more;"
                        + " try to give rules a directory, name, extension or owner that they are about");
    }

    /** The figure is one that no event exceeds, on generated rules too; see IndexEqualsScanTest for its equality. */
    @Test
    void theDearestRulesMakeUpTheFigure() {
        RuleSet set = RuleSet.of(List.of(
                rule("a", "{path: /a/**, extension: zip}"),
                rule("b", "{path: /a/b/*, extension: [zip, gz]}"),
                rule("c", "{extension: gz}"),
                rule("d", "{any: [{path: /c/**}, {mode: '0777'}]}")));
        long sum = set.cost().dearest().stream().mapToLong(Rule::cost).sum();
        assertThat(sum).isEqualTo(set.evaluations());
    }
}
