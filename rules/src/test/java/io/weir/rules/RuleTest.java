package io.weir.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.weir.rules.RuleAction.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
    private static final String FULL =
            """
            id: quarantine-media
            description: Media files do not belong in projects
            mode: shadow
            volume: [projects, "home-*"]
            on: [written, created]
            when:
              all:
                - path: /projects/**
                - any:
                    - extension: [zip, "", MP4]
                    - name: "*.tmp?"
                - not:
                    - owner: root
                - size: ">=10mib"
            causes: [external, action]
            max-depth: 3
            actions:
              - quarantine: { to: /.quarantine }
              - email: { subject: "{rule.id}: {event.path}", to: a@example.org }
              - note
            """;

    @Test
    void hasItsParts() {
        Rule rule = Rules.definition(FULL);
        assertThat(rule.id()).isEqualTo("quarantine-media");
        assertThat(rule.description()).isEqualTo("Media files do not belong in projects");
        assertThat(rule.mode()).isEqualTo(Mode.SHADOW);
        assertThat(rule.on()).containsExactly("created", "written");
        assertThat(rule.reactsToExternal()).isTrue();
        assertThat(rule.reactsToActions()).isTrue();
        assertThat(rule.maxDepth()).isEqualTo(3);
        assertThat(rule.actions())
                .containsExactly(
                        new RuleAction(0, "quarantine", Map.of("to", "/.quarantine"), Route.VOLUME),
                        new RuleAction(
                                1,
                                "email",
                                Map.of("to", List.of("a@example.org"), "subject", "{rule.id}: {event.path}"),
                                Route.ANY_WORKER),
                        new RuleAction(2, "note", Map.of(), Route.ANY_WORKER));
    }

    @Test
    void hasDefaults() {
        Rule rule = Rules.definition("{id: r, on: gap, actions: [note]}");
        assertThat(rule.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(rule.description()).isEmpty();
        assertThat(rule.reactsToExternal()).isTrue();
        assertThat(rule.reactsToActions()).isFalse();
        assertThat(rule.maxDepth()).isZero();
        assertThat(rule.matches(TestEvent.of(Map.of("type", "gap", "volume", "any"))))
                .isTrue();
    }

    @Test
    void aRuleThatReactsToActionsGoesOneDeepUnlessItSaysOtherwise() {
        Rule rule = Rules.definition("{id: r, on: created, causes: action, actions: [note]}");
        assertThat(rule.reactsToExternal()).isFalse();
        assertThat(rule.reactsToActions()).isTrue();
        assertThat(rule.maxDepth()).isEqualTo(1);
    }

    @Test
    void theDefinitionIsCanonicalAndComesBackTheSame() {
        Rule rule = Rules.definition(FULL);
        assertThat(rule.definition())
                .isEqualTo(
                        """
                id: quarantine-media
                description: Media files do not belong in projects
                mode: shadow
                volume: [projects, home-*]
                on: [created, written]
                when:
                - {path: /projects/**}
                - any:
                  - extension: [zip, '', MP4]
                  - {name: '*.tmp?'}
                - not: {owner: root}
                - {size: '>= 10 MiB'}
                causes: [external, action]
                max-depth: 3
                actions:
                - quarantine: {to: /.quarantine}
                - email:
                    to: [a@example.org]
                    subject: '{rule.id}: {event.path}'
                - note
                """);
        Rule again = Rules.definition(rule.definition());
        assertThat(again.definition()).isEqualTo(rule.definition());
        assertThat(again.hash()).isEqualTo(rule.hash());
    }

    @Test
    void theHashIsOverConditionsAndActionsOnly() {
        String hash = Rules.definition(FULL).hash();
        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(Rules.definition(FULL.replace("Media files", "Files")).hash())
                .isEqualTo(hash);
        assertThat(Rules.definition(FULL.replace("shadow", "enforce")).hash()).isEqualTo(hash);
        assertThat(Rules.definition(FULL.replace("[written, created]", "[ created,written ]"))
                        .hash())
                .isEqualTo(hash);
        assertThat(Rules.definition(FULL.replace("10mib", "11mib")).hash()).isNotEqualTo(hash);
        assertThat(Rules.definition(FULL.replace("/.quarantine", "/.q")).hash()).isNotEqualTo(hash);
        assertThat(Rules.definition(FULL.replace("home-*", "home")).hash()).isNotEqualTo(hash);
        assertThat(Rules.definition(FULL.replace("created", "moved")).hash()).isNotEqualTo(hash);
    }

    /** Action ids are made from it: it must not change between releases. */
    @Test
    void theHashIsTheSameForEver() {
        assertThat(Rules.definition("{id: r, on: [created], when: {extension: zip}, actions: [note]}")
                        .hash())
                .isEqualTo("99abfa12da2f6fbdcae7a2582a796969606fdbf61258b7f59115d7d705bdd346");
    }

    @Test
    void anUnsoundDefinitionIsRejectedWithAllFaults() {
        assertThatThrownBy(() -> Rule.compile(
                        "{id: r, on: [creatd], when: {extention: zip}, actions: [note]}", TestActions.TYPES))
                .isInstanceOf(RuleRejectedException.class)
                .asInstanceOf(type(RuleRejectedException.class))
                .extracting(RuleRejectedException::faults)
                .asInstanceOf(LIST)
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            type=deleted                       | on='deleted': expected created, written
            volume=other                       | volume='other': expected projects, home-*
            path=/x/a.zip                      | path='/x/a.zip': expected /projects/**
            path=/projects/a.txt               | any='extension: txt; name: a.txt': expected extension: zip, , MP4; or name: *.tmp?
            path=/projects/a.zip;owner=root    | not owner='root': expected not owner: root
            path=/projects/a.zip;size=5        | size='5': expected >= 10 MiB
            path=/projects/a.zip               | size unknown: expected >= 10 MiB
            path=/projects/a.zip;size=99999999 | matched
            """)
    void explains(String event, String expected) {
        Map<String, String> values = new HashMap<>();
        for (String value : event.split(";", -1)) {
            values.put(value.substring(0, value.indexOf('=')), value.substring(value.indexOf('=') + 1));
        }
        Rule rule = Rules.definition(FULL);
        Explanation explanation = rule.explain(TestEvent.of(values));
        assertThat(explanation).hasToString(expected);
        assertThat(explanation.matched()).isEqualTo(rule.matches(TestEvent.of(values)));
    }

    @Test
    void explainsThatARuleIsOff() {
        Rule rule = Rules.definition("{id: r, mode: off, on: created, actions: [note]}");
        assertThat(rule.explain(TestEvent.at("/a"))).hasToString("mode='off': expected enforce or shadow");
    }
}
