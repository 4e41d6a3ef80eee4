package io.weir.rules.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.rules.Rule;
import io.weir.rules.Rules;
import io.weir.rules.TestEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriggerTest {
    private static TestEvent event(String... pairs) {
        return TestEvent.of(Map.of(pairs[0], pairs[1], pairs[2], pairs[3]));
    }

    @Test
    void aRuleTakesEffectAtOnceUnlessItSaysOtherwise() {
        assertThat(Rules.when("{name: a}").trigger()).isEqualTo(Trigger.AT_ONCE);
    }

    @Test
    void aRuleMayWaitUntilTheFileIsLeftAlone() {
        Rule settles = Rules.definition("{id: r, on: created, settle: 90s, actions: [note]}");
        assertThat(settles.trigger()).isEqualTo(new Quiet(Duration.ofSeconds(90), true));
        Rule quiet = Rules.when("[{name: a}, {quiet-for: 10m}]");
        assertThat(quiet.trigger()).isEqualTo(new Quiet(Duration.ofMinutes(10), false));
        assertThat(quiet.trigger().describe()).isEqualTo("once the file has been left alone for 10m");
    }

    @Test
    void aBurstCountsByVolumeAndWhatEventsHaveInCommon() {
        Rule rule = Rules.when("{burst: {count: 100, within: 1m, by: directory, distinct: extension}}");
        assertThat(rule.trigger())
                .isEqualTo(new Burst(
                        100, Duration.ofMinutes(1), Burst.Field.DIRECTORY, Optional.of(Burst.Field.EXTENSION)));
        Burst burst = (Burst) rule.trigger();
        assertThat(burst.group(event("path", "/a/b/c.ZIP", "volume", "vola"))).isEqualTo("vola:/a/b");
        assertThat(burst.distinctValue(event("path", "/a/b/c.ZIP", "volume", "vola")))
                .contains("zip");
        assertThat(burst.describe())
                .isEqualTo("with the event that makes it 100 different values of extension within 1m by directory");
        Burst byOwner = new Burst(2, Duration.ofHours(1), Burst.Field.OWNER, Optional.empty());
        assertThat(byOwner.group(event("path", "/a", "volume", "v"))).isEqualTo("v:");
        assertThat(new Burst(2, Duration.ofHours(1), Burst.Field.VOLUME, Optional.empty())
                        .group(event("path", "/a", "volume", "v")))
                .isEqualTo("v");
    }

    @Test
    void allOfTellsWhichOfItsPathsAnEventIsAbout() {
        Together together = (Together) Rules.when("{all-of: {paths: [/in/a, \"/in/b-*\"], within: 10m}}")
                .trigger();
        assertThat(together.position(event("path", "/in/b-3", "type", "written")))
                .isEqualTo(1);
        assertThat(together.position(event("path", "/in/c", "type", "written"))).isEqualTo(-1);
        assertThat(together.within()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id: r, on: [created], settle: 120s, actions: [note]}",
                "{id: r, on: [created], when: {quiet-for: 10m}, actions: [note]}",
                "{id: r, on: [created], when: [{name: a}, {burst: {count: 5, within: 1h, by: owner}}], actions: [note]}",
                "{id: r, on: [created], when: [{name: a}, {path: /x/**}, {all-of: {paths: [/x/1, /x/2], within: 1d}}],"
                        + " actions: [note]}",
                "{id: r, on: [created], when: {time: {hours: [\"22:00..24:00\"], days: [sat..sun], zone: UTC}},"
                        + " actions: [note]}",
            })
    void definitionsComeBackTheSame(String text) {
        Rule rule = Rules.definition(text);
        Rule again = Rules.definition(rule.definition());
        assertThat(again.definition()).isEqualTo(rule.definition());
        assertThat(again.trigger()).hasToString(rule.trigger().toString());
        assertThat(again.hash()).isEqualTo(rule.hash());
        assertThat(again.conditionHash()).isEqualTo(rule.conditionHash());
    }

    @Test
    void whatWasCountedOutlivesAChangeOfActionsAndNotOneOfConditions() {
        String rule = "{id: %s, on: created, when: {burst: {count: %d, within: 1m, by: owner}}, actions: [%s]}";
        String hash = Rules.definition(rule.formatted("r", 5, "note")).conditionHash();
        assertThat(Rules.definition(rule.formatted("r", 5, "chmod: {mode: \"0600\"}"))
                        .conditionHash())
                .isEqualTo(hash);
        assertThat(Rules.definition(rule.formatted("r", 6, "note")).conditionHash())
                .isNotEqualTo(hash);
        List<String> waits = List.of(
                "{id: r, on: created, settle: 2s, actions: [note]}",
                "{id: r, on: created, settle: 3s, actions: [note]}");
        assertThat(waits.stream().map(t -> Rules.definition(t).hash()).distinct())
                .hasSize(2);
    }
}
