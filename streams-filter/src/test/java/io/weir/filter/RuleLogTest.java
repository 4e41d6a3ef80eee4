package io.weir.filter;

import static io.weir.filter.TestRules.definition;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.Rule;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RuleLogTest {
    private static final String BAD = "id: bad\non: created\nactions:\n  - fly: { to: /moon }\n";

    private final List<RuleReport> reports = new ArrayList<>();
    private final RuleLog log = new RuleLog(TestRules.TYPES, reports::add);
    private final RulesTopic topic = new RulesTopic();
    private int fed;

    private void feed() {
        topic.feedFrom(fed, log);
        fed = topic.size();
    }

    private void live() {
        log.restored();
    }

    private static List<String> ids(RuleLog log) {
        return log.get().set().rules().stream().map(Rule::id).toList();
    }

    private List<String> told() {
        List<String> told =
                reports.stream().map(r -> r.rule() + " " + r.status()).toList();
        reports.clear();
        return told;
    }

    private RuleLog restart() {
        RuleLog again = new RuleLog(TestRules.TYPES, report -> {});
        topic.feedFrom(0, again);
        again.restored();
        return again;
    }

    @Test
    void aRecordWithoutApplyTakesEffectAtOnce() {
        live();
        long offset = topic.put("a", definition("a", "zip"));
        feed();
        assertThat(ids(log)).containsExactly("a");
        assertThat(log.get().offset()).isEqualTo(offset);
        offset = topic.delete("a");
        feed();
        assertThat(ids(log)).isEmpty();
        assertThat(log.get().offset()).isEqualTo(offset);
        assertThat(told()).containsExactly("a accepted", "a deleted");
    }

    @Test
    void anApplyTakesEffectAsAWholeAtItsManifest() {
        live();
        topic.put("old", definition("old", "txt"));
        feed();
        Map<String, String> written = Map.of("a", definition("a", "zip"), "b", definition("b", "rar"));
        RulesTopic.Apply apply = topic.new Apply("one", written, Set.of("old"));
        apply.write();
        feed();
        assertThat(ids(log)).containsExactly("old");
        assertThat(told()).containsExactly("old accepted");

        long offset = apply.finish(RulesApply.hash(written, Set.of("old")));
        feed();

        assertThat(ids(log)).containsExactly("a", "b");
        assertThat(log.get().offset()).isEqualTo(offset);
        assertThat(told())
                .hasSize(4)
                .contains("a accepted", "b accepted", "old deleted")
                .endsWith("#apply accepted");
    }

    @Test
    void anApplyWithAnotherHashIsRejectedByName() {
        live();
        topic.put("old", definition("old", "txt"));
        feed();
        ActiveRules before = log.get();
        topic.new Apply("broken", Map.of("a", definition("a", "zip")), Set.of("old"))
                .write()
                .finish("0000");
        feed();
        assertThat(log.get()).isSameAs(before);
        RuleReport report = reports.get(reports.size() - 1);
        assertThat(report.rule()).isEqualTo(Keys.APPLY);
        assertThat(report.status()).isEqualTo("rejected");
        assertThat(report.applyId()).contains("broken");
        assertThat(report.faults()).singleElement().asString().startsWith("hash='0000' in the manifest");
    }

    @Test
    void anApplyWithAMissingRecordIsRejectedAlsoAfterARestart() {
        live();
        Map<String, String> written = Map.of("a", definition("a", "zip"));
        topic.new Apply("broken", written, Set.of()).finish(RulesApply.hash(written, Set.of()));
        feed();
        assertThat(reports).singleElement().satisfies(r -> assertThat(r.faults())
                .containsExactly("written=[a] in the manifest: no such record before it"));
        topic.put("z", definition("z", "zip"));
        assertThat(ids(restart())).containsExactly("z");
    }

    @Test
    void anApplyWithARecordTooManyIsRejected() {
        live();
        RulesTopic.Apply apply = topic.new Apply("one", Map.of("a", definition("a", "zip")), Set.of());
        apply.write();
        topic.new Apply("one", Map.of("b", definition("b", "zip")), Set.of()).write();
        apply.finish(RulesApply.hash(Map.of("a", definition("a", "zip")), Set.of()));
        feed();
        assertThat(ids(log)).isEmpty();
        assertThat(reports.get(0).faults()).containsExactly("written=[b]: not in the manifest, which has 1 written");
    }

    @Test
    void aRuleThatDoesNotCompileIsRejectedAloneAndItsVersionBeforeStays() {
        live();
        topic.put("bad", definition("bad", "txt"));
        feed();
        told();
        topic.apply("one", Map.of("a", definition("a", "zip"), "bad", BAD), Set.of());
        feed();
        assertThat(ids(log)).containsExactly("a", "bad");
        assertThat(log.get().set().find("bad").orElseThrow().hash())
                .isEqualTo(TestRules.rule(definition("bad", "txt")).hash());
        assertThat(told()).contains("a accepted", "bad rejected").endsWith("#apply accepted");
    }

    @Test
    void aRejectedRuleDoesNotMoveTheOffset() {
        live();
        long offset = topic.put("a", definition("a", "zip"));
        topic.put("a", "no: rule");
        feed();
        assertThat(log.get().offset()).isEqualTo(offset);
        assertThat(reports.get(1).faults()).isNotEmpty();
    }

    /** Rules that each event has to be held against. */
    private static Map<String, String> dear(String prefix, int count) {
        Map<String, String> rules = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String id = prefix + i;
            rules.put(id, definition(id, "zip").replace("extension: zip", "mode: any 0022"));
        }
        return rules;
    }

    @Test
    void anApplyThatMakesEventsCostTooMuchIsRejectedByName() {
        live();
        topic.apply("dear", dear("a", 4_999), Set.of());
        feed();
        ActiveRules before = log.get();
        assertThat(before.set().evaluations()).isEqualTo(9_998);
        told();
        topic.apply("dearer", dear("b", 3), Set.of("a0"));
        feed();
        assertThat(log.get()).isSameAs(before);
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.rule()).isEqualTo(Keys.APPLY);
            assertThat(report.status()).isEqualTo("rejected");
            assertThat(report.applyId()).contains("dearer");
        });
        topic.apply("no-dearer", dear("b", 3), Set.of("a0", "a1", "a2"));
        feed();
        assertThat(log.get().set().evaluations()).isEqualTo(9_998);
        assertThat(restart().get().set().hash()).isEqualTo(log.get().set().hash());
    }

    @Test
    void aRuleThatMakesEventsCostTooMuchIsRejectedAndNamesTheMostExpensive() {
        live();
        topic.apply("dear", dear("a", 5_000), Set.of());
        topic.put("one", definition("one", "zip").replace("extension: zip", "mode: any 0022"));
        long offset = topic.put("free", definition("free", "zip", "mode: off"));
        feed();
        assertThat(reports.get(reports.size() - 2).faults())
                .containsExactly("cost=10002 condition evaluations for one event: expected at most 10000; most"
                        + " expensive: 'a0' (2), 'a1' (2), 'a10' (2), 'a100' (2), 'a1000' (2) and 4996 more; try to"
                        + " give rules a directory, name, extension or owner that they are about");
        assertThat(ids(log)).hasSize(5_001).contains("free").doesNotContain("one");
        assertThat(log.get().offset()).isEqualTo(offset);
        topic.delete("a0");
        feed();
        assertThat(log.get().set().evaluations()).isEqualTo(9_998);
    }

    @Test
    void aDefinitionUnderAnotherIdIsRejected() {
        live();
        topic.put("a", definition("b", "zip"));
        feed();
        assertThat(ids(log)).isEmpty();
        assertThat(reports.get(0).faults())
                .containsExactly("rule id='b' in the definition: expected 'a', the key of the record");
    }

    @Test
    void aThirdPartysRecordWithinAnApplyIsNotUndoneByIt() {
        live();
        Map<String, String> written = Map.of("a", definition("a", "zip"), "b", definition("b", "zip"));
        RulesTopic.Apply apply = topic.new Apply("one", written, Set.of());
        apply.write();
        topic.put("a", definition("a", "txt"));
        apply.finish(RulesApply.hash(written, Set.of()));
        feed();
        assertThat(ids(log)).containsExactly("a", "b");
        assertThat(log.get().set().find("a").orElseThrow().hash())
                .isEqualTo(TestRules.rule(definition("a", "txt")).hash());
    }

    @Test
    void restoringReportsOnceAndTheSetAppearsAtTheEnd() {
        topic.put("a", definition("a", "zip"));
        topic.put("a", definition("a", "txt"));
        long offset = topic.apply("one", Map.of("b", definition("b", "zip")), Set.of());
        feed();
        assertThat(log.get()).isSameAs(ActiveRules.NONE);
        assertThat(reports).isEmpty();
        live();
        assertThat(ids(log)).containsExactly("a", "b");
        assertThat(log.get().offset()).isEqualTo(offset);
        assertThat(told()).containsExactly("a accepted", "b accepted", "#apply accepted");
        live();
        assertThat(reports).isEmpty();
    }

    @Test
    void whatIsStagedWhenTheLogEndsAwaitsItsManifest() {
        Map<String, String> written = Map.of("a", definition("a", "zip"));
        topic.put("z", definition("z", "zip"));
        RulesTopic.Apply apply = topic.new Apply("one", written, Set.of("z"));
        apply.write();
        feed();
        live();
        assertThat(ids(log)).containsExactly("z");
        apply.finish(RulesApply.hash(written, Set.of("z")));
        feed();
        assertThat(ids(log)).containsExactly("a");
    }

    @Test
    void rulesWhoseManifestWasCompactedAwayAreInForce() {
        topic.apply("one", Map.of("a", definition("a", "zip"), "b", definition("b", "zip")), Set.of());
        long offset = topic.apply("two", Map.of("b", definition("b", "txt")), Set.of());
        topic.compact(new Random(0), topic.end(), false);
        topic.compact(new Random(1), topic.end(), false);
        feed();
        live();
        assertThat(ids(log)).containsExactly("a", "b");
        assertThat(log.get().set().find("b").orElseThrow().hash())
                .isEqualTo(TestRules.rule(definition("b", "txt")).hash());
        assertThat(log.get().offset()).isEqualTo(offset);
    }

    @Test
    void aRestartReachesTheSameSetHoweverTheLogWasCompacted() {
        Random random = Seed.random("RuleLogTest");
        for (int round = 0; round < 60; round++) {
            RulesTopic history = new RulesTopic();
            RuleLog one = new RuleLog(TestRules.TYPES, report -> {});
            one.restored();
            for (int step = 0; step < 12; step++) {
                int before = history.size();
                change(history, random, step, false);
                history.feedFrom(before, one);
            }
            boolean tombstonesToo = random.nextBoolean();
            for (int pass = 0; pass < 2; pass++) {
                history.compact(random, random.nextLong(history.end() + 1), tombstonesToo);
            }
            RuleLog two = new RuleLog(TestRules.TYPES, report -> {});
            history.feedFrom(0, two);
            two.restored();
            assertThat(two.get().set().hash())
                    .as("round %d", round)
                    .isEqualTo(one.get().set().hash());
            if (!tombstonesToo) {
                assertThat(two.get().offset()).isEqualTo(one.get().offset());
            }
        }
    }

    @Test
    void aRestartReachesTheSameSetWithRejectedRulesAndApplies() {
        Random random = Seed.random("RuleLogTest");
        for (int round = 0; round < 60; round++) {
            RulesTopic history = new RulesTopic();
            RuleLog one = new RuleLog(TestRules.TYPES, report -> {});
            one.restored();
            for (int step = 0; step < 12; step++) {
                int before = history.size();
                change(history, random, step, true);
                history.feedFrom(before, one);
            }
            RuleLog two = new RuleLog(TestRules.TYPES, report -> {});
            history.feedFrom(0, two);
            two.restored();
            assertThat(two.get().set().hash())
                    .as("round %d", round)
                    .isEqualTo(one.get().set().hash());
            assertThat(two.get().offset()).isEqualTo(one.get().offset());
        }
    }

    private static void change(RulesTopic topic, Random random, int step, boolean withFaults) {
        String id = "r" + random.nextInt(5);
        switch (random.nextInt(withFaults ? 6 : 4)) {
            case 0 -> topic.put(id, definition(id, "x" + step));
            case 1 -> topic.delete(id);
            case 4 -> topic.put(id, "id: " + id + "\non: nothing");
            case 5 -> apply(topic, random, step).write().finish("wrong");
            default -> {
                Change apply = written(random, step);
                topic.apply("apply-" + step, apply.written, apply.deleted);
            }
        }
    }

    private static RulesTopic.Apply apply(RulesTopic topic, Random random, int step) {
        Change apply = written(random, step);
        return topic.new Apply("apply-" + step, apply.written, apply.deleted);
    }

    private record Change(Map<String, String> written, Set<String> deleted) {}

    private static Change written(Random random, int step) {
        Map<String, String> written = new LinkedHashMap<>();
        Set<String> deleted = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            switch (random.nextInt(4)) {
                case 0 -> written.put("r" + i, definition("r" + i, "x" + step));
                case 1 -> deleted.add("r" + i);
                default -> {}
            }
        }
        return new Change(written, deleted);
    }

    @Test
    void unreadableRecordsAreReportedAndChangeNothing() {
        live();
        log.unreadable("x", "not avro", 3);
        assertThat(reports).containsExactly(new RuleReport("x", "rejected", List.of("not avro"), 3, Optional.empty()));
        assertThat(log.get())
                .isSameAs(log.get())
                .extracting(ActiveRules::offset)
                .isEqualTo(-1L);
    }
}
